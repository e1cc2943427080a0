import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RayJob } from "../provider/job/rayJob.ts";
import { verdictOf } from "../provider/job/verdict.ts";
import { readRayJob } from "../provider/kube/rayJobs/readRayJob.ts";
import { awaitJob } from "../provider/resources/rayJob/awaitJob.ts";
import { aRayJob, setStatus, until, type World, world } from "../tests/cluster/kube/world.ts";
import { runningStatus, succeededStatus } from "../tests/engine/statuses.ts";
import { type Comparison, milliseconds, percentile, runAlone } from "./comparison.ts";

// From the moment a job's last status is sent to the API server until whoever waits for it knows: the resource, something
// that asks every second as other systems do, and `kubectl wait`. All on one API server, in turns, for one job after the other.

const samples = 120;
const kubectlSamples = 30;

export async function measureVerdict(): Promise<Comparison[]> {
  const at = await world();
  const folder = await mkdtemp(join(tmpdir(), "rayjob-bench-"));
  const kubeconfig = join(folder, "kubeconfig");
  await writeFile(kubeconfig, at.proxy.kubeconfig);
  const times = { ours: [] as number[], poller: [] as number[], kubectl: [] as number[] };
  try {
    for (let sample = 0; sample < samples; sample++) {
      const rayJob = await aRayJob(at, `sample-${sample}`);
      await setStatus(at, rayJob, runningStatus);
      times.ours.push(await timeOf(at, rayJob, () => watching(at, rayJob)));
      const polled = await aRayJob(at, `polled-${sample}`);
      times.poller.push(await timeOf(at, polled, () => polling(at, polled)));
      if (sample >= kubectlSamples) continue;
      const waited = await aRayJob(at, `kubectl-${sample}`);
      times.kubectl.push(await timeOf(at, waited, () => kubectlWaiting(at, waited, kubeconfig)));
    }
  } finally {
    await at.end();
    await rm(folder, { recursive: true });
  }
  return [
    comparison("a poll each second", 50, times.ours, times.poller),
    comparison("a poll each second", 95, times.ours, times.poller),
    comparison("kubectl wait", 50, times.ours, times.kubectl),
    comparison("kubectl wait", 95, times.ours, times.kubectl),
  ];
}

function comparison(what: string, percent: number, ours: number[], others: number[]): Comparison {
  const [our, other] = [percentile(ours, percent), percentile(others, percent)];
  return {
    measure: `last status written, to verdict known, p${percent} of ${others.length}`,
    ours: milliseconds(our),
    beside: `${milliseconds(other)} ${what}`,
    ratio: (our / other).toFixed(2),
    goal: percent === 95 ? "< 100 ms" : "",
  };
}

interface Waiter {
  readonly isReady: Promise<void>;
  readonly knows: Promise<unknown>;
}

async function timeOf(at: World, rayJob: RayJob, wait: () => Waiter): Promise<number> {
  const { isReady, knows } = wait();
  await isReady;
  const start = performance.now();
  const known = knows.then(() => performance.now() - start);
  await setStatus(at, rayJob, succeededStatus);
  return known;
}

function watching({ connection, proxy }: World, rayJob: RayJob): Waiter {
  const { signal } = new AbortController();
  const knows = awaitJob(rayJob, {}, connection, { show: () => {}, print: async () => {}, warn: () => {}, signal });
  return { knows, isReady: until("the watch is open", () => proxy.openWatches === 1) };
}

function polling({ connection }: World, { metadata: { namespace, name } }: RayJob): Waiter {
  // When in its second the status is written is chance.
  return { knows: poll(), isReady: pause(100 + Math.random() * 1000) };

  async function poll(): Promise<void> {
    for (;;) {
      if (verdictOf((await readRayJob(connection, namespace, name))?.status).ended) return;
      await pause(1000);
    }
  }
}

function kubectlWaiting({ proxy }: World, { metadata: { namespace, name } }: RayJob, kubeconfig: string): Waiter {
  const condition = "--for=jsonpath={.status.jobDeploymentStatus}=Complete";
  const args = ["wait", "--kubeconfig", kubeconfig, "-n", namespace, `rayjob/${name}`, condition, "--timeout=60s"];
  const child = spawn("kubectl", args, { stdio: "ignore" });
  return { knows: once(child, "exit"), isReady: until("kubectl watches", () => proxy.openWatches === 1) };
}

await runAlone(import.meta.filename, measureVerdict);
