import assert from "node:assert/strict";
import { mock } from "node:test";
import { inCreation } from "../../../provider/job/owner.ts";
import type { RayJobStatus } from "../../../provider/job/rayJob.ts";
import { create } from "../../../provider/resources/rayJob/create.ts";
import { remove } from "../../../provider/resources/rayJob/delete.ts";
import { Cancelled } from "../../../provider/server/session.ts";
import { failedStatus, succeededStatus } from "../../engine/statuses.ts";
import { ApiServer } from "../../support/apiServer.ts";
import { aJob } from "../job/aJob.ts";
import { failureOf, subject, surroundings } from "./surroundings.ts";

const running: RayJobStatus = { jobDeploymentStatus: "Running", jobStatus: "RUNNING" };
const request = { ...subject(), inputs: aJob({ waitFor: "none" }), preview: false };
const { name } = request.inputs as { readonly name: string };
const otherRun = { ...request, inputs: aJob({ waitFor: "none", name: "train-other", entrypoint: "python other.py" }) };

describe("a submission", () => {
  let server: ApiServer;

  beforeEach(async () => {
    server = await ApiServer.start();
  });

  afterEach(async () => {
    await server.stop();
  });

  describe("after one of the same state, which nobody has noted", () => {
    beforeEach(async () => {
      await create(request, surroundings(server));
      server.report(name, running);
    });

    it("adopts the same run", async () => {
      const { outputs } = await create(request, surroundings(server));
      assert.deepEqual([outputs.uid, outputs.phase], ["uid-1", "Running"]);
      assert.equal(server.count(/^POST/), 1);
    });

    it("deletes another run of the same resource first", async () => {
      await create(otherRun, surroundings(server));
      assert.deepEqual([...server.rayJobs.keys()], ["train-other"]);
    });

    it("leaves another run that has ended and was in the state: it may have been kept on purpose", async () => {
      await noted(succeededStatus);
      await create(otherRun, surroundings(server));
      assert.deepEqual([...server.rayJobs.keys()], [name, "train-other"]);
    });

    it("deletes another run that has ended and was never in the state", async () => {
      await noted(succeededStatus, inCreation);
      await create(otherRun, surroundings(server));
      assert.deepEqual([...server.rayJobs.keys()], ["train-other"]);
    });

    for (const status of [failedStatus, succeededStatus]) {
      it(`runs the job again where the same run is ${status.jobStatus} and was in the state: it is to be replaced`, async () => {
        await noted(status);
        const { outputs } = await create(request, surroundings(server));
        assert.notEqual(outputs.uid, "uid-1");
        assert.deepEqual([...server.rayJobs.keys()], [name]);
        assert.equal(server.rayJob(name).metadata.uid, outputs.uid);
      });
    }

    it("is refused where the same run goes on and was in the state, which may have lost it", async () => {
      await noted(running);
      await assert.rejects(create(request, surroundings(server)), {
        message:
          /^Cannot create RayJob\/ml\/\S+: there is one, running, and Pulumi asks for another .*`rerunToken`.*`pulumi import /,
      });
      assert.equal(server.rayJob(name).metadata.uid, "uid-1");
    });

    it("adopts what a deployment has submitted that was killed while it replaced a run", async () => {
      await noted(succeededStatus);
      const { outputs } = await create(request, surroundings(server));
      assert.equal((await create(request, surroundings(server))).outputs.uid, outputs.uid);
    });

    it("is not touched when Pulumi then deletes the run that it has replaced, which is gone", async () => {
      await noted(succeededStatus);
      const old = { ...subject(), id: `ml/${name}`, inputs: request.inputs, outputs: { uid: "uid-1" } };
      const { outputs } = await create(request, surroundings(server));
      await remove(old, surroundings(server));
      assert.equal(server.rayJob(name).metadata.uid, outputs.uid);
    });

    it("adopts the same run where it has failed and nobody has told so, and tells it", async () => {
      await noted(failedStatus, inCreation);
      const { message, state } = await failureOf(create(request, surroundings(server)));
      assert.match(message, /failed: AppFailed/);
      assert.equal(state.outputs.uid, "uid-1");
    });

    /** The run is like that, was in the state, and has these labels besides its own. */
    async function noted(status: RayJobStatus, more: Readonly<Record<string, string>> = {}): Promise<void> {
      const { metadata, ...rayJob } = server.rayJob(name);
      const own = Object.entries(metadata.labels ?? {}).filter(([label]) => !(label in inCreation));
      server.rayJobs.set(name, {
        ...rayJob,
        metadata: { ...metadata, labels: { ...Object.fromEntries(own), ...more } },
        status,
      });
    }
  });

  describe("after one of another state, whose stack has the same name", () => {
    const theirs = { providerId: "provider-2" };

    beforeEach(async () => {
      await create(request, surroundings(server, theirs));
      server.report(name, running);
    });

    it("refuses to adopt the same run, and says whose it is and what can be done", async () => {
      await assert.rejects(create(request, surroundings(server)), {
        message:
          `Cannot create RayJob/ml/${name}: there is one, running, and it belongs to ${request.urn} in another state: ` +
          "another backend or organization, or a state that is lost. If it is yours, take it over with `pulumi import " +
          `rayjob:index:RayJob train ml/${name}\`, or delete it with \`kubectl -n ml delete rayjob ${name}\`; if it is ` +
          "somebody else's, set another `name`, `namespace` or stack",
      });
      assert.equal(server.rayJob(name).status?.jobStatus, "RUNNING");
    });

    it("leaves another run of theirs alone", async () => {
      await create(otherRun, surroundings(server));
      assert.deepEqual([...server.rayJobs.keys()], [name, "train-other"]);
    });
  });

  it("is not interrupted on its way: what the answer brings is in the state", async () => {
    const interrupt = new AbortController();
    server.next(/^POST/, async () => {
      interrupt.abort(new Cancelled());
      return undefined;
    });
    const inputs = { ...request.inputs, waitFor: "complete" };
    const creating = create({ ...request, inputs }, surroundings(server, { signal: interrupt.signal }));
    const { message, state } = await failureOf(creating);
    assert.match(message, /is not done: waiting for the KubeRay operator: The operation was cancelled/);
    assert.equal(state.outputs.uid, server.rayJob(name).metadata.uid);
  });

  it("does not wait for ever for a leftover to go, and says whom it waits for", async () => {
    server.finalizers = ["ray.io/rayjob-finalizer"];
    await create(otherRun, surroundings(server));
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const context = surroundings(server);
      const status = (line: string) => {
        if (line.includes("waiting for")) mock.timers.tick(600_000);
      };
      await assert.rejects(create(request, { ...context, log: { ...context.log, status } }), {
        message:
          "RayJob/ml/train-other is being deleted: waiting for the KubeRay operator to stop the job. " +
          "Not done within 600 s; `customTimeouts` gives it more time",
      });
    } finally {
      mock.timers.reset();
    }
    assert.deepEqual([...server.rayJobs.keys()], ["train-other"]);
  });

  describe("to a KubeRay that is older than a default of this package", () => {
    beforeEach(() => {
      server.unknownFields = ["preRunningDeadlineSeconds"];
    });

    it("leaves the default out, and says so", async () => {
      const context = surroundings(server);
      await create(request, context);
      assert.equal(server.rayJob(name).spec.preRunningDeadlineSeconds, undefined);
      assert.equal(server.rayJob(name).spec.ttlSecondsAfterFinished, 60);
      assert.match(
        context.said.join("\n"),
        /^warning: KubeRay's CRDs on \S+ do not know `preRunningDeadlineSeconds`, a default of this package: the job goes without/m,
      );
    });

    it("refuses it where the program asks for it", async () => {
      const inputs = { ...request.inputs, preRunningDeadlineSeconds: 60 };
      const refused = /: unknown field "spec\.preRunningDeadlineSeconds"$/;
      await assert.rejects(create({ ...request, inputs }, surroundings(server)), refused);
      assert.equal(server.rayJobs.size, 0);
    });

    it("refuses all of it where the program asks for something else that is not known", async () => {
      server.unknownFields = ["preRunningDeadlineSeconds", "entrypointNumGpus"];
      const inputs = { ...request.inputs, entrypointNumGpus: 1 };
      await assert.rejects(create({ ...request, inputs }, surroundings(server)), /"spec\.entrypointNumGpus"/);
      assert.equal(server.rayJobs.size, 0);
    });
  });

  it("refuses a name that somebody has taken without this package", async () => {
    await create(request, surroundings(server));
    const { annotations: _, ...metadata } = server.rayJob(name).metadata;
    server.rayJobs.set(name, { ...server.rayJob(name), metadata });
    await assert.rejects(
      create(request, surroundings(server)),
      /there is one, .* and this package has not made it\. If/,
    );
  });

  it("refuses a name that another resource of the program has taken", async () => {
    await create({ ...request, ...subject("other") }, surroundings(server));
    await assert.rejects(create(request, surroundings(server)), /and it belongs to \S+::other\. If it is yours/);
  });
});
