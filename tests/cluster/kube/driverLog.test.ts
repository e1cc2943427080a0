import assert from "node:assert/strict";
import type { RayJob, RayJobStatus } from "../../../provider/job/rayJob.ts";
import { followDriverLog } from "../../../provider/kube/logs/followDriverLog.ts";
import { corePath } from "../../../provider/kube/paths.ts";
import { aRayJob, nextSecond, onceThereIsAServiceAccount, send, setStatus, type World, world } from "./world.ts";

// Real pods print, the real kubelet serves; the test plays KubeRay.

describe("followDriverLog", () => {
  let at: World;
  let rayJob: RayJob;
  let stop: AbortController;
  let warnings: string[];

  beforeEach(async () => {
    at = await world();
    rayJob = await aRayJob(at, "train");
    await setStatus(at, rayJob, running);
    stop = new AbortController();
    warnings = [];
  });

  afterEach(async () => {
    stop.abort();
    await at.end();
  });

  it("gives each line once, however often the connection breaks", async () => {
    await submitter("train-1", "for i in $(seq 300); do echo $i; sleep 0.01; done");
    const lines: string[] = [];
    for await (const line of follow()) {
      lines.push(line);
      if (lines.length % 40 === 0) at.proxy.cutWatches();
      if (lines.length === 300) await setStatus(at, rayJob, complete);
    }
    assert.deepEqual(lines, numbered(300));
    // Lines that come together are cut off together: how often that is depends on the machine.
    assert(at.proxy.count(/follow=true/) > 2, at.proxy.requests.join("\n"));
  });

  it("goes on with the submission that is tried again, and with the next run of the job", async () => {
    await submitter("train-1", "echo step 1; echo connection lost; exit 1");
    const lines: string[] = [];
    for await (const line of follow()) {
      lines.push(line);
      if (line === "connection lost") await submitter("train-2", "echo step 1; echo step 2; exit 1");
      if (line !== "step 2") continue;
      if (lines.filter((each) => each === line).length === 2) {
        await setStatus(at, rayJob, complete);
        continue;
      }
      await setStatus(at, rayJob, { ...running, jobId: "train-second" });
      await submitter("train-3", "echo step 1; echo step 2");
    }
    assert.deepEqual(lines, ["step 1", "connection lost", "step 2", "step 1", "step 2"]);
  });

  it("ends in a moment when the job has, although something is still connected", async () => {
    await submitter("train-1", "echo step 1; sleep 600");
    const lines: string[] = [];
    for await (const line of follow()) {
      lines.push(line);
      await setStatus(at, rayJob, { ...running, jobDeploymentStatus: "Failed", reason: "DeadlineExceeded" });
    }
    assert.deepEqual(lines, ["step 1"]);
    assert.deepEqual(warnings, []);
  });

  it("ends when it is stopped", async () => {
    await submitter("train-1", "while true; do echo step; sleep 0.1; done");
    for await (const _ of follow()) stop.abort();
    assert.deepEqual(warnings, []);
  });

  it("says once which permission it lacks, and then nothing", async () => {
    await submitter("train-1", "echo step 1");
    const message =
      'pods "train-1" is forbidden: User "ci" cannot get resource "pods/log" in API group "" in the namespace "ml"';
    const body = JSON.stringify({ kind: "Status", status: "Failure", reason: "Forbidden", code: 403, message });
    at.proxy.next(/\/log\?/, { kind: "answer", status: 403, body });
    for await (const line of follow()) assert.fail(line);
    assert.deepEqual(warnings, [
      `The driver's log is not shown: Cannot read the log of Pod/${at.namespace}/train-1: forbidden ` +
        '(User "ci" cannot get resource "pods/log" in API group "" in the namespace "ml"). Let that user do it by a Role or ClusterRole, or ' +
        "choose another kubeconfig or context",
    ]);
  });

  function follow(): AsyncGenerator<string> {
    const warn = (message: string) => void warnings.push(message);
    return followDriverLog(at.connection, rayJob.metadata, { signal: stop.signal, warn });
  }

  async function submitter(name: string, script: string): Promise<void> {
    const containers = [{ name: "submitter", image: "rayproject/ray:2.9.0", command: ["sh", "-c", script] }];
    const body = { metadata: { name, labels: { "job-name": "train" } }, spec: { restartPolicy: "Never", containers } };
    await onceThereIsAServiceAccount(() => send(at.direct, "POST", corePath(at.namespace, "pods"), body));
    await nextSecond(); // the next one is newer
  }
});

const running: RayJobStatus = {
  jobDeploymentStatus: "Running",
  jobStatus: "RUNNING",
  jobId: "train-first",
  rayClusterName: "train-x1",
  dashboardURL: "train-x1-head-svc.ml.svc.cluster.local:8265",
};

const complete: RayJobStatus = { ...running, jobDeploymentStatus: "Complete", jobStatus: "SUCCEEDED" };

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1));
}
