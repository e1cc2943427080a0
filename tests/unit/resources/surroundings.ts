import assert from "node:assert/strict";
import { type Context, InitializationError, type Work } from "../../../provider/server/customResource.ts";
import type { ApiServer } from "../../support/apiServer.ts";

/** What a call is given, with the lines that it has shown. */
export interface Surroundings extends Context {
  readonly said: string[];
  /** Does what was to be done afterwards. */
  readonly done: () => Promise<unknown>;
}

/** The surroundings of a call that works on the server. */
export function surroundings(server: ApiServer, more: Partial<Context> = {}): Surroundings {
  const said: string[] = [];
  const say = (kind: string) => (line: string) => void said.push(`${kind}: ${line}`);
  const works: Work[] = [];
  const info = async (line: string) => say("info")(line);
  return {
    configuration: { kubeconfig: server.kubeconfig },
    providerId: "provider-1",
    log: { status: say("status"), info, warning: say("warning") },
    signal: new AbortController().signal,
    afterwards: (work) => void works.push(work),
    done: () => Promise.allSettled(works.map((work) => work(new AbortController().signal))),
    said,
    ...more,
  };
}

/** A resource of the stack `dev` of the project `ml`. */
export function subject(name = "train") {
  return { urn: `urn:pulumi:dev::ml::rayjob:index:RayJob::${name}`, name };
}

/** What a call threw about a resource that exists. */
export async function failureOf(call: Promise<unknown>): Promise<InitializationError> {
  const error = await call.then(
    () => assert.fail("should have failed"),
    (thrown: unknown) => thrown,
  );
  assert(error instanceof InitializationError, String(error));
  return error;
}
