import { setTimeout as pause } from "node:timers/promises";
import { awaitJob } from "../provider/resources/rayJob/awaitJob.ts";
import { aRayJob, setStatus, until, world } from "../tests/cluster/kube/world.ts";
import { runningStatus, succeededStatus } from "../tests/engine/statuses.ts";
import { type Comparison, runAlone } from "./comparison.ts";

// What the API server is asked while a hundred jobs are waited for: counted in front of it, for a minute. The watch is cut
// once: that costs another watch, but no other list.

const jobs = 100;
const seconds = 60;

export async function measureRequests(): Promise<Comparison[]> {
  const at = await world();
  try {
    const rayJobs = await Promise.all(Array.from({ length: jobs }, (_, index) => aRayJob(at, `job-${index}`)));
    await Promise.all(rayJobs.map((rayJob) => setStatus(at, rayJob, runningStatus)));
    const { signal } = new AbortController();
    const before = at.proxy.requests.length;
    const waits = rayJobs.map((rayJob) =>
      awaitJob(rayJob, {}, at.connection, { show: () => {}, print: async () => {}, warn: () => {}, signal }),
    );
    await pause((seconds * 1000) / 2);
    at.proxy.cutWatches();
    await until("the watch is open again", () => at.proxy.count(/watch=true/) === 2 && at.proxy.openWatches === 1);
    await pause((seconds * 1000) / 2);
    await Promise.all(rayJobs.map((rayJob) => setStatus(at, rayJob, succeededStatus)));
    await Promise.all(waits);
    const asked = at.proxy.requests.length - before;
    return [
      {
        measure: `requests while ${jobs} jobs are waited for, in ${seconds} s`,
        ours: `${asked} (${at.proxy.count(/rayjobs\?limit/)} list, ${at.proxy.count(/watch=true/)} watches: 1 reconnect)`,
        beside: `${jobs * seconds} a poll each second`,
        ratio: (asked / (jobs * seconds)).toFixed(4),
        goal: "1 list, 1 watch",
      },
    ];
  } finally {
    await at.end();
  }
}

await runAlone(import.meta.filename, measureRequests);
