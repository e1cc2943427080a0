import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { TestNamespace } from "../../support/cluster.ts";
import type { Program, Rig } from "../../support/rig.ts";
import { errorOf, opsOf } from "../../support/run.ts";
import { stageForAll } from "../../support/stage.ts";
import { until } from "../../support/until.ts";
import { smallJob, typed } from "./programs.ts";

describe("a job that runs", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  let outputs: Readonly<Record<string, unknown>>;

  stageForAll("running", programIn, (stage) => {
    ({ namespace, rig } = stage);
  });

  before(async () => {
    const run = await rig.up();
    assert(run.succeeded, `${run.text}\n${await namespace.describe()}`);
    outputs = (await rig.state()).get("train")?.outputs ?? {};
  });

  it("is not marked as one that no state has", async () => {
    const { labels } = (await namespace.rayJob(String(outputs.name))).metadata;
    assert.equal(labels?.["pulumi-rayjob/in-creation"], undefined);
  });

  it("has its dashboard where its outputs say", async () => {
    assert.equal(outputs.phase, "Running");
    const { hostname } = new URL(String(outputs.dashboardUrl));
    assert.match(hostname, new RegExp(`^${outputs.name}-head-svc\\.${namespace.name}\\.svc\\.cluster\\.local$`));
    assert.match(typed(`kubectl -n ${namespace.name} get service ${outputs.name}-head-svc -o name`), /^service\//);
    assert.match(await throughPortForward(String(outputs.portForwardCommand), "/api/version"), /"2\.9\.0"/);
  });

  it("has its labels on every pod, which other ones leave alone", async () => {
    const pods = await running();
    const labelled = () => typed(`kubectl -n ${namespace.name} get pods -l team=ml -o name`).trim().split("\n").length;
    // The head, and a submitter or, where Ray was not up yet, two.
    assert(pods.length >= 2);
    assert.equal(labelled(), pods.length);
    await rig.write(programIn(namespace.name, { podLabels: { team: "vision" } }));
    const preview = await rig.preview();
    assert.deepEqual(opsOf(preview), ["train update"]);
    const said = preview.diagnostics.map(({ message }) => message).join();
    assert.match(said, /train stays as it is on the cluster: only "podLabels\.team" changes/);
    assert.deepEqual(opsOf(await rig.up()), ["train update"]);
    assert.deepEqual([await running(), labelled()], [pods, pods.length]);
    await rig.write(programIn(namespace.name));
    assert.deepEqual(opsOf(await rig.up()), ["train update"]);
  });

  it("takes a new TTL without a restart", async () => {
    const pods = await running();
    await rig.write(programIn(namespace.name, { ttlSecondsAfterFinished: 5 }));
    assert.deepEqual(opsOf(await rig.up()), ["train update"]);
    const rayJob = await namespace.rayJob(String(outputs.name));
    assert.equal(rayJob.metadata.uid, outputs.uid);
    assert.equal(rayJob.spec.ttlSecondsAfterFinished, 5);
    assert.deepEqual(await running(), pods);
  });

  it("goes on when somebody edits its entrypoint on the cluster, which a refresh names", async () => {
    const pods = await running();
    await namespace.edit(String(outputs.name), {
      spec: { entrypoint: entrypointThat("print('edited', flush=True); ") },
    });
    const refresh = await rig.refresh();
    assert.match(
      refresh.text,
      /Somebody has edited "entrypoint" of RayJob\/\S+ on the cluster\. The attempt that runs goes on/,
    );
    assert.deepEqual(opsOf(await rig.preview()), ["train same"]);
    assert.equal((await namespace.rayJob(String(outputs.name))).status?.jobDeploymentStatus, "Running");
    assert.deepEqual(await running(), pods);
  });

  it("is suspended and resumed in place: on a new cluster, and with what somebody has edited", async () => {
    await rig.write(programIn(namespace.name, { suspend: true, waitFor: "none" }));
    assert.deepEqual(opsOf(await rig.up()), ["train update"]);
    await namespace.until(({ status }) => status?.jobDeploymentStatus === "Suspended");
    await namespace.untilNoPods("ray.io/node-type=head");
    await rig.write(programIn(namespace.name));
    const run = await rig.up();
    assert(run.succeeded, run.text);
    assert.deepEqual(opsOf(run), ["train update"]);
    const now = (await rig.state()).get("train")?.outputs;
    assert.deepEqual([now?.uid, now?.phase], [outputs.uid, "Running"]);
    assert.notEqual(now?.rayClusterName, outputs.rayClusterName);
    await until("the edited line", async () => typed(outputs.logsCommand).includes("edited"));
  });

  it("obeys a new deadline without a restart", async () => {
    const pods = await running();
    await rig.write(
      programIn(namespace.name, { activeDeadlineSeconds: 1, waitFor: "complete", ttlSecondsAfterFinished: 600 }),
    );
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(errorOf(run, "train"), /failed: DeadlineExceeded/);
    assert.deepEqual(opsOf(run), ["train update"]);
    assert.deepEqual((await running()).length, pods.length);
  });

  it("is gone with all that belonged to it after a destroy", async () => {
    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    assert.equal(typed(`kubectl -n ${namespace.name} get rayjobs,rayclusters,jobs,pods,services -o name`), "");
  });

  function programIn(name: string, more: object = {}): Program {
    const entrypoint = entrypointThat("");
    const podLabels = { team: "ml" };
    return { resources: { train: smallJob(name, { entrypoint, waitFor: "running", podLabels, ...more }) } };
  }

  function entrypointThat(does: string): string {
    return `python -c "import time; ${does}time.sleep(600)"`;
  }

  async function running(): Promise<readonly unknown[]> {
    const pods = await namespace.pods();
    const restarts = pods.map(({ metadata, status }) => [
      metadata?.uid,
      status?.phase,
      status?.containerStatuses?.map(({ restartCount }) => restartCount),
    ]);
    return restarts.sort();
  }
});

/** What the dashboard answers through the command that the output gives, on a local port that is free. */
async function throughPortForward(command: string, path: string): Promise<string> {
  const signal = AbortSignal.timeout(60_000);
  const [program, ...args] = command.replace(/ (\d+):(\d+)$/, " :$2").split(" ");
  const forwarding = spawn(String(program), args, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = await once(createInterface(forwarding.stdout), "line", { signal });
    const port = /127\.0\.0\.1:(\d+)/.exec(String(line))?.[1];
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal });
    return await answer.text();
  } finally {
    forwarding.kill();
  }
}
