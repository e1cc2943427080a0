import assert from "node:assert/strict";
import type { RayJobStatus } from "../../../provider/job/rayJob.ts";
import { TestNamespace } from "../../support/cluster.ts";
import { CommandLine } from "../../support/commandLine.ts";
import { failedStatus, runningStatus, succeededStatus } from "../statuses.ts";

// The real executable on a real API server; the test plays KubeRay's part.

describe("rayjob wait", () => {
  let namespace: TestNamespace;
  let job: string;

  before(async () => {
    namespace = await TestNamespace.create("cli");
    job = `${namespace.name}/train`;
  });

  beforeEach(async () => {
    const metadata = { name: "train" };
    const spec = { entrypoint: "true", managedBy: "kueue.x-k8s.io/multikueue" };
    await namespace.createRayJob({ apiVersion: "ray.io/v1", kind: "RayJob", metadata, spec });
  });

  afterEach(async () => {
    for (const { metadata } of await namespace.rayJobs()) await namespace.release(metadata.name);
  });

  after(() => namespace.dispose());

  it("shows a line for each change on stderr, and exits 0 when the job succeeds", async () => {
    const command = new CommandLine(["wait", job]);
    await command.says(/: waiting for the KubeRay operator$/m);
    await report({ jobDeploymentStatus: "Initializing" });
    await command.says(/: cluster starting$/m);
    await report(runningStatus);
    await command.says(/: running$/m);
    await report(succeededStatus);
    const { code, stdout, stderr } = await command.ended();
    assert.equal(code, 0, stderr);
    assert.equal(stdout, "");
    assert.deepEqual(
      stderr,
      ["waiting for the KubeRay operator", "cluster starting", "running", "succeeded"]
        .map((line) => `RayJob/${job}: ${line}\n`)
        .join(""),
    );
  });

  it("exits 1 when the job fails, with the reason, the end of the log, and what to type", async () => {
    const message = `${failedStatus.message}, last available logs (truncated to 20,000 chars):\nstep 41\n`;
    const { code, stderr } = await ending([], { ...failedStatus, message });
    assert.equal(code, 1);
    assert.equal(
      stderr.slice(stderr.indexOf("The last lines")),
      `The last lines of the driver's log:
  step 41
RayJob/${job} failed: AppFailed: the entrypoint failed
Job entrypoint command failed with exit code 1: ValueError: no data
To see more:
  kubectl -n ${namespace.name} logs job/train
  kubectl -n ${namespace.name} describe rayjob train
`,
    );
  });

  it("exits 1 for a job that was stopped, although KubeRay calls it complete", async () => {
    const { code, stderr } = await ending([], { ...succeededStatus, jobStatus: "STOPPED" });
    assert.equal(code, 1);
    assert.match(stderr, /was stopped: Stopped: /);
  });

  it("is over with --for running when the job runs", async () => {
    assert.equal((await ending(["--for", "running"], runningStatus)).code, 0);
  });

  it("exits 1 with --for running if the job never gets there", async () => {
    assert.equal((await ending(["--for", "running"], failedStatus)).code, 1);
  });

  it("is over with --for ready when the cluster is up", async () => {
    assert.equal((await ending(["--for", "ready"], { ...runningStatus, jobStatus: "" })).code, 0);
  });

  it("prints one JSON object on stdout with --json, and progress still on stderr", async () => {
    const { stdout, stderr } = await ending(["--json"], failedStatus);
    assert.equal(stdout.split("\n").length, 2, stdout);
    assert.partialDeepStrictEqual(JSON.parse(stdout), {
      outcome: "failed",
      name: "train",
      namespace: namespace.name,
      phase: "Failed",
      jobStatus: "FAILED",
      reason: "AppFailed",
      message: failedStatus.message,
    });
    assert.match(stderr, /^RayJob\/.*: failed$/m);
  });

  it("exits 1 when the time is over, says how far the job is, and leaves it alone", async () => {
    await report(runningStatus);
    const { code, stdout, stderr } = await new CommandLine(["wait", job, "--timeout", "8s", "--json"]).ended();
    assert.equal(code, 1);
    assert.match(
      stderr,
      /is not done: running: Not done within 8 s; `--timeout` gives it more time\nThe job goes on$/m,
    );
    assert.partialDeepStrictEqual(JSON.parse(stdout), { outcome: "timedOut", phase: "Running" });
    assert.equal((await namespace.rayJob("train")).metadata.deletionTimestamp, undefined);
  });

  it("exits 1 when the job is deleted", async () => {
    const command = new CommandLine(["wait", job]);
    await command.says(/waiting/);
    await namespace.delete("train");
    const { code, stderr } = await command.ended();
    assert.equal(code, 1);
    assert.match(stderr, /train is gone: It was deleted before it had ended$/m);
  });

  it("ends at once with 130 at Ctrl-C, and leaves the job alone", async () => {
    const command = new CommandLine(["wait", job]);
    await command.says(/waiting/);
    command.interrupt();
    assert.equal((await command.ended()).code, 130);
    assert.equal((await namespace.rayJob("train")).metadata.deletionTimestamp, undefined);
  });

  it("gives its verdict although nobody reads its output any more", async () => {
    const command = new CommandLine(["wait", job, "--json"]);
    await command.says(/waiting/);
    command.closeOutput();
    await report(runningStatus);
    await report(succeededStatus);
    assert.equal((await command.ended()).code, 0);
  });

  it("takes the namespace from --namespace, or from the kubeconfig's context", async () => {
    await report(succeededStatus);
    assert.equal((await new CommandLine(["wait", "train", "-n", namespace.name]).ended()).code, 0);
    const KUBECONFIG = await namespace.kubeconfigOf("reader", [reading], { knowsCluster: false });
    const inContext = JSON.parse(KUBECONFIG);
    inContext.contexts[0].context.namespace = namespace.name;
    const { code, stderr } = await new CommandLine([
      "wait",
      "train",
      "--kubeconfig",
      JSON.stringify(inContext),
    ]).ended();
    assert.equal(code, 0, stderr);
  });

  async function report(status: RayJobStatus): Promise<void> {
    await namespace.report("train", status);
  }

  /** Waits for a job that gets this status while it is waited for. */
  async function ending(args: readonly string[], status: RayJobStatus) {
    const command = new CommandLine(["wait", job, ...args]);
    await command.says(/./);
    await report(status);
    return command.ended();
  }
});

const reading = { apiGroups: ["ray.io"], resources: ["rayjobs"], verbs: ["get", "list", "watch"] };
