import assert from "node:assert/strict";
import type { RayJobStatus } from "../../../provider/job/rayJob.ts";
import { create } from "../../../provider/resources/rayJob/create.ts";
import { diff } from "../../../provider/resources/rayJob/diff.ts";
import { read } from "../../../provider/resources/rayJob/read.ts";
import { update } from "../../../provider/resources/rayJob/update.ts";
import type { ResourceState } from "../../../provider/server/customResource.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { failedStatus } from "../../engine/statuses.ts";
import { ApiServer } from "../../support/apiServer.ts";
import { aJob } from "../job/aJob.ts";
import { failureOf, subject, surroundings } from "./surroundings.ts";

const running: RayJobStatus = { jobDeploymentStatus: "Running", jobStatus: "RUNNING", jobId: "train-x" };
const { name } = aJob() as { readonly name: string };

describe("a RayJob that was deleted while nobody looked", () => {
  let server: ApiServer;

  beforeEach(async () => {
    server = await ApiServer.start();
  });

  afterEach(async () => {
    await server.stop();
  });

  for (const waitFor of ["none", "ready", "running"]) {
    it(`stays in the state as it was seen last where ${waitFor} was waited for and the job ran`, async () => {
      const inputs = aJob({ waitFor });
      const state = await seen(inputs);
      const found = await read({ ...subject(), ...state, inputs }, surroundings(server));
      assert.deepEqual(found, { ...state, inputs });
      assert.deepEqual((await difference(state, inputs, inputs)).changes, []);
    });

    it(`takes a change that re-runs nothing where ${waitFor} was waited for`, async () => {
      const inputs = aJob({ waitFor });
      const state = await seen(inputs);
      const newInputs = { ...inputs, backoffLimit: 2 };
      assert.deepEqual(await updated(state, inputs, newInputs), {
        ...state.outputs,
        phase: "Running",
        backoffLimit: 2,
      });
    });
  }

  it("is gone where its end was waited for, so that the next deployment runs it again", async () => {
    const inputs = aJob();
    const state = await seen(inputs);
    assert.equal(await read({ ...subject(), ...state, inputs }, surroundings(server)), undefined);
  });

  it("is run again by the deployment after the one that is to wait for more", async () => {
    const inputs = aJob({ waitFor: "none" });
    const state = await seen(inputs);
    const newInputs = { ...inputs, waitFor: "complete" };
    const failure = await failureOf(updated(state, inputs, newInputs));
    assert.match(failure.message, /^RayJob\/ml\/\S+ is gone: .*\nThe next `pulumi up` runs the job again$/);
    const { changes } = await difference(failure.state, newInputs, newInputs);
    assert.deepEqual(changes, [{ path: ["phase"], kind: "delete", replaces: true, of: "outputs" }]);
  });

  describe("after it had failed", () => {
    const oldInputs = aJob({ rerunFailed: false });
    let state: ResourceState;

    beforeEach(async () => {
      state = await seen(oldInputs, failedStatus);
    });

    it("stays failed for a refresh", async () => {
      const found = await read({ ...subject(), ...state, inputs: oldInputs }, surroundings(server));
      assert.deepEqual(found?.failure, [`RayJob/ml/${name} failed, and is no longer on the cluster`]);
      assert.equal(found.outputs.phase, "Failed");
    });

    it("stays failed for an update that must not run it again", async () => {
      const newInputs = { ...oldInputs, backoffLimit: 2 };
      const failure = await failureOf(updated(state, oldInputs, newInputs));
      assert.equal(failure.message, `RayJob/ml/${name} failed, and is no longer on the cluster`);
      assert.deepEqual(failure.state.outputs, { ...state.outputs, backoffLimit: 2 });
      const { changes } = await difference(failure.state, newInputs, newInputs);
      assert(changes.length > 0 && changes.every(({ replaces }) => !replaces));
    });
  });

  /** The state of a job that was seen like this, running unless said, and was deleted then. */
  async function seen(inputs: PropertyMap, status = running): Promise<ResourceState> {
    const awaiting = { ...inputs, waitFor: "none" };
    const created = await create({ ...subject(), inputs: awaiting, preview: false }, surroundings(server));
    server.report(name, status);
    const { waitFor: _, ...outputs } = created.outputs;
    const last = { ...subject(), id: created.id, inputs, outputs: { ...outputs, ...inputs } };
    const state = await read(last, surroundings(server));
    assert(state);
    server.delete(name);
    return { id: state.id, outputs: state.outputs };
  }

  function difference({ id, outputs: oldOutputs }: ResourceState, oldInputs: PropertyMap, newInputs: PropertyMap) {
    return diff({ ...subject(), id, oldInputs, oldOutputs, newInputs });
  }

  async function updated({ id, outputs: oldOutputs }: ResourceState, oldInputs: PropertyMap, newInputs: PropertyMap) {
    const request = { ...subject(), id, oldInputs, oldOutputs, newInputs, preview: false };
    return update(request, surroundings(server));
  }
});
