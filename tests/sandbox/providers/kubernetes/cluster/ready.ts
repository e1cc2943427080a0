import type { Connection } from "../../../../../provider/kube/connection/connection.ts";
import { pause } from "../../../../../provider/kube/connection/pause.ts";
import {
  type Context,
  InitializationError,
  type ResourceState,
} from "../../../../../provider/server/customResource.ts";
import { within } from "../../../../../provider/server/timeout.ts";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import type { Kind } from "../kinds.ts";
import { annotationOf, placeOf } from "../object.ts";
import { claimReadiness } from "../readiness/claim.ts";
import { deploymentReadiness } from "../readiness/deployment.ts";
import type { Readiness } from "../readiness/readiness.ts";
import { serviceReadiness } from "../readiness/service.ts";
import { getObject, subjectFor } from "./requests.ts";

/**
 * Waits until the object is ready and gives its state then. One that does not become ready fails the deployment and
 * stays in the state as failed, so that the next deployment goes on waiting.
 */
export async function ready(
  kind: Kind,
  connection: Connection,
  applied: PropertyMap,
  context: Context,
  stateOf: (live: PropertyMap) => ResourceState,
): Promise<ResourceState> {
  const awaited = awaitedOf(kind, applied);
  if (awaited === undefined) return stateOf(applied);
  const limit = { seconds: context.timeoutSeconds ? undefined : awaited.seconds, setting: "customTimeouts" };
  return within(limit, context.signal, (signal) =>
    untilReady(kind, connection, applied, awaited, { ...context, signal }, stateOf),
  );
}

async function untilReady(
  kind: Kind,
  connection: Connection,
  applied: PropertyMap,
  awaited: Awaited,
  { log, signal }: Context,
  stateOf: (live: PropertyMap) => ResourceState,
): Promise<ResourceState> {
  let live = applied;
  let waiting = "";
  try {
    for (;;) {
      const readiness = await awaited.look(live, connection, signal);
      if (readiness.ready) {
        if (waiting) log.status("");
        return stateOf(live);
      }
      waiting = `${subjectFor(kind, placeOf(applied))} ${readiness.waiting}`;
      log.status(waiting);
      if (readiness.hopeless) throw new Error("It will not become ready by itself");
      await pause(500, signal);
      live = await getObject(connection, kind, placeOf(applied), "read", signal);
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = [waiting, message].filter(Boolean).join(". ");
    throw new InitializationError(reason, stateOf(live), [reason]);
  }
}

/** Why the object is not ready, if it is not. */
export async function lookOnce(
  kind: Kind,
  connection: Connection,
  live: PropertyMap,
  inputs: PropertyMap,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const readiness = await awaitedOf(kind, inputs)?.look(live, connection, signal);
  if (readiness === undefined || readiness.ready) return undefined;
  return [`${subjectFor(kind, placeOf(live))} ${readiness.waiting}`];
}

interface Awaited {
  readonly look: (live: PropertyMap, connection: Connection, signal: AbortSignal) => Promise<Readiness>;
  /** How long to wait unless told; as long as the official plug-in does. */
  readonly seconds: number;
}

const awaitedKinds: Readonly<Record<string, Awaited>> = {
  Deployment: { look: deploymentReadiness, seconds: 600 },
  PersistentVolumeClaim: { look: claimReadiness, seconds: 300 },
  Service: { look: serviceReadiness, seconds: 600 },
};

function awaitedOf({ kind }: Kind, object: PropertyMap): Awaited | undefined {
  return annotationOf(object, "pulumi.com/skipAwait") === "true" ? undefined : awaitedKinds[kind];
}
