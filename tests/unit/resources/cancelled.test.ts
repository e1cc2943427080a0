import assert from "node:assert/strict";
import { create } from "../../../provider/resources/rayJob/create.ts";
import { diff } from "../../../provider/resources/rayJob/diff.ts";
import { read } from "../../../provider/resources/rayJob/read.ts";
import type { InitializationError } from "../../../provider/server/customResource.ts";
import { Cancelled } from "../../../provider/server/session.ts";
import { ApiServer, refusal } from "../../support/apiServer.ts";
import { aJob } from "../job/aJob.ts";
import { failureOf, subject, surroundings } from "./surroundings.ts";

const inputs = aJob({ stopOnCancel: true });
const { name } = inputs as { readonly name: string };

describe("a deployment that is cancelled while it waits for a job", () => {
  let server: ApiServer;

  beforeEach(async () => {
    server = await ApiServer.start();
    server.finalizers = ["ray.io/rayjob-finalizer"];
  });

  afterEach(async () => {
    await server.stop();
  });

  it("leaves the job alone unless it is told otherwise", async () => {
    const failure = await cancelled(aJob());
    assert.match(failure.message, /is not done: .*The job goes on/s);
    assert.equal(server.rayJob(name).metadata.deletionTimestamp, undefined);
  });

  it("stops it with `stopOnCancel`, and the next one runs it again because of that", async () => {
    const failure = await cancelled(inputs);
    assert.match(
      failure.message,
      /^RayJob\/ml\/\S+ is being deleted: The deployment was cancelled, and `stopOnCancel`/,
    );
    assert(server.rayJob(name).metadata.deletionTimestamp);
    assert.deepEqual((await difference(failure)).changes, [
      { path: ["phase"], kind: "delete", replaces: true, of: "outputs" },
    ]);
  });

  it("keeps it in the state, as cancelled, when a refresh finds it on its way out", async () => {
    const { state } = await cancelled(inputs);
    const found = await read({ ...subject(), ...state, inputs }, surroundings(server));
    assert.deepEqual([found?.outputs, found?.failure?.length], [state.outputs, 1]);
  });

  it("keeps it as running where it cannot be stopped, and says how to stop it", async () => {
    server.next(/^DELETE/, () => refusal(403, "Forbidden", 'rayjobs.ray.io "x" is forbidden'));
    const failure = await cancelled(inputs);
    assert.match(
      failure.message,
      /is not done: .*could not be stopped, and may still run: Cannot delete RayJob.*forbid/s,
    );
    assert(failure.message.includes(`kubectl -n ml delete rayjob ${name}`), failure.message);
    assert.deepEqual((await difference(failure)).changes, [
      { path: ["phase"], kind: "update", replaces: false, of: "outputs" },
    ]);
  });

  it("does not stop it when only the time is over", async () => {
    const failure = await failureOf(
      create({ ...subject(), inputs: { ...inputs, timeoutSeconds: 0.05 }, preview: false }, surroundings(server)),
    );
    assert.match(failure.message, /Not done within 0.05 s/);
    assert.equal(server.rayJob(name).metadata.deletionTimestamp, undefined);
  });

  function cancelled(said: typeof inputs): Promise<InitializationError> {
    const cancellation = new AbortController();
    server.next(/watch=/, () => cancellation.abort(new Cancelled()) as undefined);
    const context = surroundings(server, { signal: cancellation.signal });
    return failureOf(create({ ...subject(), inputs: said, preview: false }, context));
  }

  function difference({ state: { id, outputs: oldOutputs } }: InitializationError) {
    return diff({ ...subject(), id, oldInputs: inputs, oldOutputs, newInputs: inputs });
  }
});
