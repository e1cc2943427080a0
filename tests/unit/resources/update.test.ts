import assert from "node:assert/strict";
import { create } from "../../../provider/resources/rayJob/create.ts";
import { diff } from "../../../provider/resources/rayJob/diff.ts";
import { read } from "../../../provider/resources/rayJob/read.ts";
import { update } from "../../../provider/resources/rayJob/update.ts";
import type { ResourceState } from "../../../provider/server/customResource.ts";
import { ApiServer } from "../../support/apiServer.ts";
import { aJob } from "../job/aJob.ts";
import { failureOf, subject, surroundings } from "./surroundings.ts";

const oldInputs = aJob({ waitFor: "none" });
const { name } = oldInputs as { readonly name: string };

describe("an update", () => {
  let server: ApiServer;
  let state: ResourceState;
  /** The patches of the creation. */
  let before: number;

  beforeEach(async () => {
    server = await ApiServer.start();
    const context = surroundings(server);
    state = await create({ ...subject(), inputs: oldInputs, preview: false }, context);
    await context.done();
    before = server.count(/^PATCH/);
  });

  const patches = () => server.count(/^PATCH/) - before;

  afterEach(async () => {
    await server.stop();
  });

  const patching = () => update({ ...request(), newInputs: { ...oldInputs, backoffLimit: 2 } }, surroundings(server));

  it("looks again and goes on when the operator has written meanwhile", async () => {
    server.next(/^PATCH/, () => {
      server.report(name, { jobDeploymentStatus: "Running", jobStatus: "RUNNING" });
      return undefined;
    });
    assert.equal((await patching()).phase, "Running");
    assert.equal(server.rayJob(name).spec.backoffLimit, 2);
    assert.equal(patches(), 2);
  });

  it("is an error when somebody writes each time, and the job stays what it is", async () => {
    const write = () => {
      server.report(name, { jobDeploymentStatus: "Running" });
      return undefined;
    };
    for (let time = 0; time < 5; time += 1) server.next(/^PATCH/, write);
    await assert.rejects(patching(), {
      message: `Cannot update RayJob/ml/${name}: the object has been modified (409)`,
    });
    assert.equal(server.rayJob(name).spec.backoffLimit, undefined);
  });

  it("looks at the job first, and once, only where there is something to send", async () => {
    const reads = () => server.count(/^GET \S+\/rayjobs\/[^?]+$/);
    const seen = reads();
    await patching();
    assert.equal(reads() - seen, 1);
    assert.equal(patches(), 1);
  });

  it("leaves a job in its queue that Kueue has let run, and says so", async () => {
    const queued = (queue: string) => ({ ...oldInputs, labels: { "kueue.x-k8s.io/queue-name": queue } });
    server.edit(name, { metadata: { labels: { "kueue.x-k8s.io/queue-name": "a" } } });
    const context = surroundings(server);
    await update({ ...request(), oldInputs: queued("a"), newInputs: queued("b") }, context);
    assert.equal(patches(), 0);
    assert.match(context.said.join(), /^warning: The job stays in the queue "a": Kueue moves none/);
  });

  describe("of a job whose spec somebody has edited", () => {
    beforeEach(() => server.edit(name, { spec: { shutdownAfterJobFinishes: false, ttlSecondsAfterFinished: null } }));

    const suspending = () => update({ ...request(), newInputs: { ...oldInputs, suspend: true } }, surroundings(server));

    it("is refused, with the edit by name, where KubeRay would refuse both together and end the job", async () => {
      await assert.rejects(suspending(), {
        message: [
          `Cannot update RayJob/ml/${name}: KubeRay would refuse what comes of it, and end the job. Nothing was sent`,
          'suspend: Cannot suspend a job unless "shutdownAfterJobFinishes" is true. Hint: Set "shutdownAfterJobFinishes" to true ' +
            '(without "deletionStrategy"), or drop "suspend" (RJ401)',
          'Somebody else has changed "shutdownAfterJobFinishes" on the cluster: ' +
            "`pulumi refresh` takes note of that, and the next `pulumi up` puts it right",
        ].join("\n"),
      });
      assert.equal(patches(), 0);
    });

    it("is judged anew when the edit comes in between", async () => {
      server.edit(name, { spec: { shutdownAfterJobFinishes: true } });
      server.next(/^PATCH/, () => {
        server.edit(name, { spec: { shutdownAfterJobFinishes: false } });
        return undefined;
      });
      await assert.rejects(suspending(), /Nothing was sent/);
      assert.equal(server.rayJob(name).spec.suspend, undefined);
    });

    it("goes through after a refresh, which undoes the edit", async () => {
      const found = await read({ ...subject(), ...state, inputs: oldInputs }, surroundings(server));
      assert(found);
      const { inputs, outputs } = found;
      const newInputs = { ...oldInputs, suspend: true };
      await update({ ...request(), oldInputs: inputs, oldOutputs: outputs, newInputs }, surroundings(server));
      const { suspend, shutdownAfterJobFinishes } = server.rayJob(name).spec;
      assert.deepEqual([suspend, shutdownAfterJobFinishes], [true, true]);
    });
  });

  it("finds the job gone when another has taken its name", async () => {
    server.delete(name);
    await create({ ...subject(), inputs: oldInputs, preview: false }, surroundings(server));
    const outputs = await patching();
    assert.deepEqual([outputs.uid, outputs.phase], [state.outputs.uid, "Pending"]);
    assert.equal(server.rayJob(name).spec.backoffLimit, undefined);
  });

  describe("that was made, but did not get what it waited for", () => {
    const tried = { ...oldInputs, backoffLimit: 2, waitFor: "complete", timeoutSeconds: 0.01 };

    beforeEach(async () => {
      // The engine keeps the outputs of such an update, and the inputs of before.
      ({ state } = await failureOf(update({ ...request(), newInputs: tried }, surroundings(server))));
    });

    it("is taken back when the program takes it back", async () => {
      const { changes } = await diff({ ...request(), newInputs: oldInputs });
      assert.deepEqual(changes.map(({ path, kind }) => `${kind} ${path.join(".")}`).sort(), [
        "delete backoffLimit",
        "delete timeoutSeconds",
        "update waitFor",
      ]);
      await update({ ...request(), newInputs: oldInputs }, surroundings(server));
      assert.equal(server.rayJob(name).spec.backoffLimit, undefined);
    });

    it("is not made again when the program stays as it is", async () => {
      const { changes } = await diff({ ...request(), newInputs: tried });
      assert.deepEqual(changes, [{ path: ["phase"], kind: "update", replaces: false, of: "outputs" }]);
    });

    it("is what a refresh finds", async () => {
      const found = await read({ ...subject(), ...state, inputs: oldInputs }, surroundings(server));
      assert.deepEqual(found?.inputs, tried);
    });
  });

  function request() {
    return { ...subject(), id: state.id, oldInputs, oldOutputs: state.outputs, preview: false };
  }
});
