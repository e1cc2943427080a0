import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { RayJob, RayJobStatus } from "../../provider/job/rayJob.ts";
import { connect } from "../../provider/kube/connection/connect.ts";
import { TestNamespace } from "../support/cluster.ts";
import { FaultProxy } from "../support/faultProxy.ts";
import { newRig, type Program, type Rig } from "../support/rig.ts";
import type { Run } from "../support/run.ts";
import { until } from "../support/until.ts";
import { jobProperties } from "./programs.ts";
import { runningStatus, succeededStatus } from "./statuses.ts";

// No Ray runs here: the test writes what KubeRay would.

describe("a hundred jobs in one stack", () => {
  let namespace: TestNamespace;
  let proxy: FaultProxy;
  let rig: Rig;
  let up: Promise<Run>;
  let names: readonly string[];

  before(async () => {
    namespace = await TestNamespace.create("many");
    proxy = new FaultProxy(await connect());
    await proxy.connect();
    // So that it is tidied up soon, and what has become garbage is not taken for what is kept.
    rig = await newRig(programIn(namespace.name, proxy.kubeconfig), { NODE_OPTIONS: "--max-old-space-size=96" });
    up = rig.up({ parallel: 128 });
    up.catch(() => {});
  });

  after(async () => {
    await rig.dispose();
    await proxy.stop();
    await namespace.dispose();
  });

  it("are all submitted at once, but for those that depend on others", async () => {
    await until("all that can run", async () => (await namespace.rayJobs()).length >= independent + 1);
    assert.deepEqual(chainedOf(await namespace.rayJobs()), ["chained-0"]);
  });

  it("are waited for by one list and one watch", async () => {
    names = (await namespace.rayJobs()).map(({ metadata }) => metadata.name);
    await all(runningStatus);
    await until("a plug-in that watches", async () => proxy.openWatches === 1);
    assert.equal(proxy.count(/^GET \S*\/rayjobs\?limit=\d+$/), 1);
    assert.equal(proxy.count(/^GET \S*\/rayjobs\?watch=true/), 1);
  });

  it("take no memory for what happens to them", async () => {
    await burst(); // what the process gets used to
    const plugins = await rig.plugins();
    const before = await residentMegabytes();
    for (let count = 0; count < bursts; count += 1) await burst();
    const growth = (await residentMegabytes()) - before;
    await all({ ...runningStatus, message: "" });
    assert.deepEqual(await rig.plugins(), plugins);
    assert(growth < 25, `${growth.toFixed(0)} MB more after ${bursts * burstMegabytes} MB of news`);
  });

  it("run in order where they depend on each other, and all succeed", async () => {
    const [last = "", ...others] = names.filter((name) => !name.startsWith("chained-"));
    await Promise.all(others.map((name) => namespace.report(name, succeededStatus)));
    for (let index = 0; index < chained; index += 1) {
      const { metadata } = await namespace.until((rayJob) => rayJob.metadata.name.startsWith(`chained-${index}-`));
      const sofar = Array.from({ length: index + 1 }, (_, earlier) => `chained-${earlier}`);
      assert.deepEqual(chainedOf(await namespace.rayJobs()), sofar);
      await namespace.report(metadata.name, succeededStatus);
    }
    await namespace.report(last, succeededStatus);
    const run = await up;
    assert(run.succeeded, run.text);
    const states = [...(await rig.state()).values()].filter(({ outputs }) => outputs?.phase === "Succeeded");
    assert.equal(states.length, independent + chained);
  });

  it("have needed no other list until the end, which is the end of the watch, too", () => {
    assert.equal(proxy.count(/^GET \S*\/rayjobs\?limit=\d+$/), 1);
    assert.equal(proxy.openWatches, 0);
  });

  /** Each job says something long, and another time something else. */
  async function burst(): Promise<void> {
    await all({ ...runningStatus, message: `${Math.random()} `.padEnd(messageBytes, "x") });
  }

  async function all(status: RayJobStatus): Promise<void> {
    await Promise.all(names.map((name) => namespace.report(name, status)));
  }

  async function residentMegabytes(): Promise<number> {
    let total = 0;
    for (const { pid } of await rig.plugins()) {
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      total += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    }
    return total;
  }
});

const independent = 94;
const chained = 6;
const messageBytes = 20_000;
const bursts = 25;
const burstMegabytes = ((independent + 1) * messageBytes) / 1_000_000;

function chainedOf(rayJobs: readonly RayJob[]): string[] {
  const names = rayJobs.map(({ metadata }) => metadata.name).filter((name) => name.startsWith("chained-"));
  return names.map((name) => name.replace(/-[0-9a-f]+$/, "")).sort();
}

function programIn(namespace: string, kubeconfig: string): Program {
  const job = (options?: object) => ({
    type: "rayjob:RayJob",
    properties: jobProperties(namespace),
    ...(options && { options }),
  });
  const alone = Array.from({ length: independent }, (_, index) => [`job-${index}`, job()]);
  const inOrder = Array.from({ length: chained }, (_, index) => [
    `chained-${index}`,
    job(index === 0 ? undefined : { dependsOn: [`\${chained-${index - 1}}`] }),
  ]);
  return { config: { "rayjob:kubeconfig": kubeconfig }, resources: Object.fromEntries([...alone, ...inOrder]) };
}
