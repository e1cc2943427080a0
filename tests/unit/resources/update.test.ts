import assert from "node:assert/strict";
import { create } from "../../../provider/resources/rayJob/create.ts";
import { diff } from "../../../provider/resources/rayJob/diff.ts";
import { read } from "../../../provider/resources/rayJob/read.ts";
import { update } from "../../../provider/resources/rayJob/update.ts";
import type { ResourceState } from "../../../provider/server/customResource.ts";
import { ApiServer, refusal } from "../../support/apiServer.ts";
import { aJob } from "../job/aJob.ts";
import { failureOf, subject, surroundings } from "./surroundings.ts";

const oldInputs = aJob({ waitFor: "none" });
const { name } = oldInputs as { readonly name: string };

describe("an update", () => {
  let server: ApiServer;
  let state: ResourceState;

  beforeEach(async () => {
    server = await ApiServer.start();
    const context = surroundings(server);
    state = await create({ ...subject(), inputs: oldInputs, preview: false }, context);
    await context.done();
  });

  afterEach(async () => {
    await server.stop();
  });

  const patching = () => update({ ...request(), newInputs: { ...oldInputs, backoffLimit: 2 } }, surroundings(server));

  it("is an error when the API server has a conflict, and the job stays what it is", async () => {
    const modified = 'Operation cannot be fulfilled on rayjobs.ray.io "train": the object has been modified';
    server.next(/^PATCH/, () => refusal(409, "Conflict", modified));
    await assert.rejects(patching(), {
      message: `Cannot update RayJob/ml/${name}: the object has been modified (409)`,
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
