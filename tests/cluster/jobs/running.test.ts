import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { TestNamespace } from "../../support/cluster.ts";
import { opsOf, type Program, type Rig } from "../../support/rig.ts";
import { stageForAll } from "../../support/stage.ts";
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

  it("has its dashboard where its outputs say", async () => {
    assert.equal(outputs.phase, "Running");
    const { hostname } = new URL(String(outputs.dashboardUrl));
    assert.match(hostname, new RegExp(`^${outputs.name}-head-svc\\.${namespace.name}\\.svc\\.cluster\\.local$`));
    assert.match(typed(`kubectl -n ${namespace.name} get service ${outputs.name}-head-svc -o name`), /^service\//);
    assert.match(await throughPortForward(String(outputs.portForwardCommand), "/api/version"), /"2\.9\.0"/);
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

  it("is gone with all that belonged to it after a destroy", async () => {
    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    assert.equal(typed(`kubectl -n ${namespace.name} get rayjobs,rayclusters,jobs,pods,services -o name`), "");
  });

  function programIn(name: string, more: object = {}): Program {
    const entrypoint = `python -c "import time; time.sleep(600)"`;
    return { resources: { train: smallJob(name, { entrypoint, waitFor: "running", ...more }) } };
  }

  async function running(): Promise<unknown> {
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
