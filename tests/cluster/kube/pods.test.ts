import assert from "node:assert/strict";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { driverLogTail } from "../../../provider/kube/logs/driverLogTail.ts";
import { corePath } from "../../../provider/kube/paths.ts";
import { pendingCause } from "../../../provider/kube/pods/pendingCause.ts";
import type { PodStatus } from "../../../provider/kube/pods/pods.ts";
import { aRayJob, nextSecond, onceThereIsAServiceAccount, send, setStatus, type World, world } from "./world.ts";

const LOG = /\/log\?/;
const SIGNAL = new AbortController().signal;

describe("the pods of a job", () => {
  let at: World;

  beforeEach(async () => {
    at = await world();
  });

  afterEach(async () => {
    await at.end();
  });

  describe("driverLogTail", () => {
    it("reads the newest pod of the submitter, colours removed", async () => {
      const rayJob = await aSubmittedJob();
      await aPod("train-old", { "job-name": "train" });
      await nextSecond();
      await aPod("train-new", { "job-name": "train" });
      await aPod("other", { "job-name": "other" });
      at.proxy.next(LOG, { kind: "answer", status: 200, body: "one\n\u001b[31mtwo\u001b[0m\nthree\n" });
      assert.deepEqual(await driverLogTail(at.connection, rayJob, 2), ["two", "three"]);
      assert.match(at.proxy.requests.at(-1) ?? "", /pods\/train-new\/log\?container=main&tailLines=42$/); // with what the submitter may say around two lines
    });

    it("reads the sidecar of the head in SidecarMode", async () => {
      const rayJob = await aRayJob(at, "train", { submissionMode: "SidecarMode" });
      const running: RayJob = { ...rayJob, status: { rayClusterName: "train-x1" } };
      await aPod("train-head", { "ray.io/cluster": "train-x1", "ray.io/node-type": "head" });
      at.proxy.next(LOG, { kind: "answer", status: 200, body: "hello" });
      assert.deepEqual(await driverLogTail(at.connection, running, 20), ["hello"]);
      assert.match(at.proxy.requests.at(-1) ?? "", /pods\/train-head\/log\?container=ray-job-submitter&tailLines=60$/);
    });

    it("has no lines of a log that is not there, or cannot be read", async () => {
      const rayJob = await aSubmittedJob();
      const overHttp = { ...rayJob, spec: { submissionMode: "HTTPMode" } };
      assert.deepEqual(await driverLogTail(at.connection, overHttp, 20), []);
      assert.deepEqual(await driverLogTail(at.connection, rayJob, 20), []);
      await aPod("train-1", { "job-name": "train" });
      assert.deepEqual(await driverLogTail(at.connection, rayJob, 20), []);
      const message = 'container "main" in pod "train-1" is waiting to start: PodInitializing';
      const starting = { kind: "answer", status: 400, body: JSON.stringify({ kind: "Status", message }) } as const;
      at.proxy.next(LOG, starting);
      assert.deepEqual(await driverLogTail(at.connection, rayJob, 20), []);
    });
  });

  describe("pendingCause", () => {
    it("is unknown while nothing is known to be wrong", async () => {
      assert.equal(await pendingCause(at.connection, await aRayJob(at, "train"), SIGNAL), undefined);
    });

    it("finds the image that cannot be pulled among the pods of the cluster", async () => {
      const rayJob = await runningOn("train-x1");
      await aPod(
        "train-x1-head-abc",
        { "ray.io/cluster": "train-x1", "ray.io/node-type": "head" },
        {
          phase: "Pending",
          containerStatuses: [status("rayproject/ray:9.9.9", { reason: "ErrImagePull", message: "not found" })],
        },
      );
      assert.equal(
        await pendingCause(at.connection, rayJob, SIGNAL),
        'head pod train-x1-head-abc: cannot pull image "rayproject/ray:9.9.9" (ErrImagePull: not found)',
      );
    });

    it("finds what the cluster warns of, and only about this job", async () => {
      const rayJob = await runningOn("train-x1");
      await aWarning("RayCluster", "other-x1", "exceeded quota: nothing for others");
      await aWarning("RayCluster", "train-x1", "exceeded quota: gpus");
      assert.equal(
        await pendingCause(at.connection, rayJob, SIGNAL),
        "RayCluster train-x1: FailedToCreateHeadPod: exceeded quota: gpus",
      );
    });

    it("is unknown to those who may not look", async () => {
      const rayJob = await runningOn("train-x1");
      const forbidden = { kind: "answer", status: 403 } as const;
      at.proxy.next(/./, forbidden, forbidden, forbidden);
      assert.equal(await pendingCause(at.connection, rayJob, SIGNAL), undefined);
    });
  });

  async function aSubmittedJob(): Promise<RayJob> {
    const rayJob = await aRayJob(at, "train");
    return { ...rayJob, status: { jobId: "train-1", dashboardURL: `train-x1-head-svc.${at.namespace}.svc:8265` } };
  }

  async function runningOn(rayClusterName: string): Promise<RayJob> {
    const rayJob = await aRayJob(at, "train");
    await setStatus(at, rayJob, { rayClusterName });
    return { ...rayJob, status: { rayClusterName } };
  }

  /** A pod that no scheduler takes, so that its status is the test's. */
  async function aPod(name: string, labels: object, podStatus?: PodStatus): Promise<void> {
    const containers = ["main", "ray-job-submitter"].map((container) => ({ name: container, image: "none.test/none" }));
    const body = { metadata: { name, labels }, spec: { schedulerName: "nobody", containers } };
    await onceThereIsAServiceAccount(() => send(at.direct, "POST", corePath(at.namespace, "pods"), body));
    if (!podStatus) return;
    const path = `${corePath(at.namespace, "pods", name)}/status`;
    await send(at.direct, "PATCH", path, { status: podStatus }, "application/merge-patch+json");
  }

  async function aWarning(kind: string, name: string, message: string): Promise<void> {
    const { namespace } = at;
    await send(at.direct, "POST", corePath(namespace, "events"), {
      metadata: { generateName: "warning-", namespace },
      involvedObject: { apiVersion: "ray.io/v1", kind, name, namespace },
      type: "Warning",
      reason: "FailedToCreateHeadPod",
      message,
    });
  }
});

function status(image: string, waiting: { readonly reason: string; readonly message: string }) {
  return { name: "main", image, imageID: "", ready: false, restartCount: 0, state: { waiting } };
}
