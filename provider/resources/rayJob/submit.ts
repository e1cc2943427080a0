import { driftedInputsOf } from "../../job/live.ts";
import { isInCreation, type Owner, ownershipOf } from "../../job/owner.ts";
import { patchOf } from "../../job/patch.ts";
import type { RayJob, RayJobManifest } from "../../job/rayJob.ts";
import { goingOnOf, takenOf } from "../../job/report.ts";
import { verdictOf } from "../../job/verdict.ts";
import { listRayJobs } from "../../kube/rayJobs/listRayJobs.ts";
import { readRayJob } from "../../kube/rayJobs/readRayJob.ts";
import type { Context } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Cluster } from "../cluster.ts";
import { adoptedRuns } from "./adoptedRuns.ts";
import { clearAway } from "./clearAway.ts";
import { createJob } from "./createJob.ts";
import { patchJob } from "./patchJob.ts";
import { requireCode } from "./requireCode.ts";

/**
 * Creates the RayJob, or adopts the one that an interrupted deployment of the same resource has left, provided that it
 * computes the same and is still in creation. A job whose code is not in its bucket is refused before anything is done. What
 * such a deployment left otherwise is stopped and deleted first: two runs of one job at once would cost twice and write over
 * each other. So is a run of that name that has ended, and that a state has held: Pulumi asks for another one, by `--replace`
 * or because of the failure, and does not say whether it is going to delete the old one afterwards. One that goes on is left
 * alone: the state may have lost it, and days of work would be.
 */
export async function submit(
  manifest: RayJobManifest,
  owner: Owner,
  inputs: PropertyMap,
  { connection }: Cluster,
  context: Context,
): Promise<RayJob> {
  const { log, signal } = context;
  const found = await readRayJob(connection, manifest.metadata.namespace, manifest.metadata.name, signal);
  const adopted = found !== undefined && isAdoptable(found) ? await broughtUpToDate(found) : undefined;
  if (adopted !== undefined) {
    adoptedRuns.add(connection, adopted.metadata.uid);
    return adopted;
  }
  await requireCode(inputs, context);
  for (const leftover of await leftovers()) await clearAway(leftover, connection, { log, signal });
  signal.throwIfAborted();
  return createJob(connection, manifest, inputs, log);

  function isAdoptable(rayJob: RayJob): boolean {
    const ownership = ownershipOf(rayJob, manifest);
    if (ownership === "another owner") throw new Error(takenOf(rayJob, owner));
    if (ownership === "other run" || rayJob.metadata.deletionTimestamp !== undefined) return false;
    if (!isInCreation(rayJob) && !verdictOf(rayJob.status).ended) throw new Error(goingOnOf(rayJob, owner));
    return isInCreation(rayJob);
  }

  // The interrupted deployment may have had other deadlines.
  async function broughtUpToDate(rayJob: RayJob): Promise<RayJob | undefined> {
    const patch = patchOf(driftedInputsOf(inputs, rayJob), inputs);
    return patch === undefined ? rayJob : patchJob(connection, rayJob.metadata, patch, inputs, context);
  }

  async function leftovers(): Promise<RayJob[]> {
    const owned = await listRayJobs(connection, manifest.metadata.namespace, owner.selector, signal);
    return owned.filter((rayJob) => isInTheWay(rayJob, manifest));
  }
}

// A run that has ended, and was in the state once, may have been kept on purpose.
function isInTheWay(rayJob: RayJob, manifest: RayJobManifest): boolean {
  if (ownershipOf(rayJob, manifest) === "another owner") return false;
  return rayJob.metadata.name === manifest.metadata.name || !verdictOf(rayJob.status).ended || isInCreation(rayJob);
}
