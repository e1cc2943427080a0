import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { TestNamespace } from "../../support/cluster.ts";
import { errorOf, newRig, opsOf, type Program, type Rig, stepOf } from "../../support/rig.ts";

// Real Ray on the real KubeRay: a job takes half a minute, so each case proves what it can with one.

describe("a real Ray job", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  beforeEach(async () => {
    namespace = await TestNamespace.create("jobs");
    rig = await newRig({ resources: {} });
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed") console.error(await namespace.describe());
    await rig.destroy();
    await rig.dispose();
    await namespace.dispose();
  });

  it("succeeds, prints where `logsCommand` says, and leaves nothing running when its TTL is over", async () => {
    await rig.write(
      programOf({ entrypoint: `python -c "print('six times seven is', 6 * 7)"`, ttlSecondsAfterFinished: 1 }),
    );
    const run = await rig.up();
    assert(run.succeeded, run.text);
    const outputs = (await rig.state()).get("train")?.outputs ?? {};
    assert.partialDeepStrictEqual(outputs, {
      phase: "Succeeded",
      jobStatus: "SUCCEEDED",
      jobDeploymentStatus: "Complete",
    });
    for (const name of ["jobId", "rayClusterName", "startTime", "endTime", "uid"])
      assert.match(String(outputs[name]), /./);
    assert.match(shell(outputs.logsCommand), /six times seven is 42/);
    await namespace.untilNoPods("ray.io/is-ray-node=yes");
    assert.match(shell(outputs.logsCommand), /six times seven is 42/);
    assert.deepEqual(opsOf(await rig.refresh()), ["train same"]);
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
  });

  it("that fails shows reason, message, the driver's last lines and what to type, and runs again once it is mended", async () => {
    const raise = `python -c "import sys; print(chr(27) + '[31mreading' + chr(27) + '[0m'); sys.exit('no data in bucket')"`;
    await rig.write(programOf({ entrypoint: raise }));
    const failed = await rig.up();
    assert(!failed.succeeded);
    const error = errorOf(failed, "train");
    assert.match(
      error,
      /failed: AppFailed.*exit code 1.*\n {2}reading\n.*no data in bucket.*kubectl -n \S+ logs job\/train-/s,
    );
    const [first] = await namespace.rayJobs();
    await rig.write(programOf({ entrypoint: succeeding }));
    assert.deepEqual(Object.keys(stepOf(await rig.preview(), "train").detailedDiff).sort(), [
      "entrypoint",
      "jobStatus",
      "name",
    ]);
    const mended = await rig.up();
    assert(mended.succeeded, mended.text);
    const rayJobs = await namespace.rayJobs();
    assert.equal(rayJobs.length, 1);
    assert.notEqual(rayJobs[0]?.metadata.uid, first?.metadata.uid);
    assert.deepEqual(await namespace.podNames(`job-name=${first?.metadata.name}`), []);
  });

  it("whose image cannot be pulled fails at its deadline, and the row said why it waits", async () => {
    const image = "rayproject/ray:no-such-version";
    await rig.write(programOf({ preRunningDeadlineSeconds: 20, rayClusterSpec: clusterSpec(image) }));
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(errorOf(run, "train"), /PreRunningDeadlineExceeded/);
    assert(
      run.progress.some(({ message }) => message.includes(image)),
      run.text,
    );
  });

  it("that the operator refuses fails at once with the operator's words, and a mended program replaces it", async () => {
    const refused = clusterSpec();
    Object.assign(refused.headGroupSpec.rayStartParams, { "redis-username": "me" });
    await rig.write(programOf({ rayClusterSpec: refused }));
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(errorOf(run, "train"), /ValidationFailed.*redis/s);
    await rig.write(programOf({ waitFor: "none" }));
    const mended = await rig.up();
    assert(mended.succeeded, mended.text);
    assert.equal((await namespace.rayJobs()).length, 1);
  });

  it("shows its dashboard while it runs, obeys a new TTL without a restart, and is gone with all its pods after a destroy", async () => {
    const sleep = `python -c "import time; time.sleep(600)"`;
    await rig.write(programOf({ entrypoint: sleep, waitFor: "running" }));
    const run = await rig.up();
    assert(run.succeeded, run.text);
    const { portForwardCommand, dashboardUrl } = (await rig.state()).get("train")?.outputs ?? {};
    assert.match(String(dashboardUrl), /^http:\/\/train-\w+-head-svc\./);
    assert.match(await throughPortForward(String(portForwardCommand), "/api/version"), /2\.9\.0/);

    const pods = await namespace.podNames("ray.io/is-ray-node=yes");
    await rig.write(programOf({ entrypoint: sleep, waitFor: "running", ttlSecondsAfterFinished: 5 }));
    assert.deepEqual(opsOf(await rig.up()), ["train update"]);
    assert.equal((await namespace.rayJobs())[0]?.spec.ttlSecondsAfterFinished, 5);
    assert.deepEqual(await namespace.podNames("ray.io/is-ray-node=yes"), pods);

    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    assert.deepEqual(await namespace.rayJobs(), []);
    assert.deepEqual(await namespace.podNames(), []);
  });

  function programOf(more: Readonly<Record<string, unknown>>): Program {
    const properties = {
      namespace: namespace.name,
      entrypoint: succeeding,
      rayClusterSpec: clusterSpec(),
      ...more,
    };
    return { resources: { train: { type: "rayjob:RayJob", properties } } };
  }
});

const succeeding = `python -c "print('done', 1)"`;

function clusterSpec(image = "rayproject/ray:2.9.0") {
  return {
    headGroupSpec: {
      rayStartParams: { "num-cpus": "1", "object-store-memory": "100000000" },
      template: { spec: { containers: [{ name: "ray-head", image, imagePullPolicy: "IfNotPresent" }] } },
    },
  };
}

function shell(command: unknown): string {
  return execFileSync("sh", ["-c", String(command)], { encoding: "utf8" });
}

/** What the dashboard answers through the command that the output gives, on a local port that is free. */
async function throughPortForward(command: string, path: string): Promise<string> {
  const [program, ...args] = command.replace(/ (\d+):(\d+)$/, " :$2").split(" ");
  const forwarding = spawn(String(program), args, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = await once(createInterface(forwarding.stdout), "line");
    const port = /127\.0\.0\.1:(\d+)/.exec(String(line))?.[1];
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return await answer.text();
  } finally {
    forwarding.kill();
  }
}
