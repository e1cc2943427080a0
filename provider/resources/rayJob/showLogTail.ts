import { usualLogTailLines } from "../../job/defaults.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { logTail } from "../../kube/logs/logTail.ts";
import type { EngineLog } from "../../server/engineLog.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Cluster } from "../cluster.ts";

/** Shows the end of the log of a failed job's driver, if there is one: to whoever looks on, and not in the state. Throws nothing. */
export async function showLogTail(
  rayJob: RayJob,
  inputs: PropertyMap,
  cluster: Cluster,
  log: EngineLog,
): Promise<void> {
  await show(rayJob, inputs, cluster, log).catch(() => undefined); // the job has failed, whatever it has printed
}

async function show(
  rayJob: RayJob,
  { logTailLines = usualLogTailLines }: PropertyMap,
  { connection }: Cluster,
  log: EngineLog,
): Promise<void> {
  const wanted = Number(logTailLines);
  if (wanted === 0) return;
  const tail = await logTail(connection, rayJob, wanted);
  if (tail !== undefined) await log.info(tail);
}
