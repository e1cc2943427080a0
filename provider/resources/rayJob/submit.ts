import { driftedInputsOf } from "../../job/live.ts";
import { type Owner, ownershipOf } from "../../job/owner.ts";
import { patchOf } from "../../job/patch.ts";
import type { RayJob, RayJobManifest } from "../../job/rayJob.ts";
import { lineOf, takenOf } from "../../job/report.ts";
import { verdictOf } from "../../job/verdict.ts";
import { listRayJobs } from "../../kube/rayJobs/listRayJobs.ts";
import { readRayJob } from "../../kube/rayJobs/readRayJob.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import type { Context } from "../../server/customResource.ts";
import { deletionTimeoutSeconds, within } from "../../server/timeout.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Cluster } from "../cluster.ts";
import { createJob } from "./createJob.ts";
import { deleteJob } from "./deleteJob.ts";
import { patchJob } from "./patchJob.ts";

/**
 * Creates the RayJob, or adopts the one that an interrupted deployment of the same resource has left, provided that it
 * computes the same. What such a deployment left otherwise is stopped and deleted first: two runs of one job at once
 * would cost twice and write over each other.
 */
export async function submit(
  manifest: RayJobManifest,
  owner: Owner,
  inputs: PropertyMap,
  { connection }: Cluster,
  { log, signal }: Context,
): Promise<RayJob> {
  const found = await readRayJob(connection, manifest.metadata.namespace, manifest.metadata.name, signal);
  const adopted = found !== undefined && isAdoptable(found) ? await broughtUpToDate(found) : undefined;
  if (adopted !== undefined) return adopted;
  for (const leftover of await leftovers()) await remove(leftover);
  signal.throwIfAborted();
  return createJob(connection, manifest, inputs, log);

  function isAdoptable(rayJob: RayJob): boolean {
    const ownership = ownershipOf(rayJob, manifest);
    if (ownership === "another owner") throw new Error(takenOf(rayJob, owner));
    return ownership === "same run" && rayJob.metadata.deletionTimestamp === undefined;
  }

  // The interrupted deployment may have had other deadlines.
  async function broughtUpToDate(rayJob: RayJob): Promise<RayJob | undefined> {
    const patch = patchOf(driftedInputsOf(inputs, rayJob), inputs);
    return patch === undefined ? rayJob : patchJob(connection, rayJob.metadata, patch, inputs, signal);
  }

  async function leftovers(): Promise<RayJob[]> {
    const owned = await listRayJobs(connection, manifest.metadata.namespace, owner.selector, signal);
    return owned.filter((rayJob) => isInTheWay(rayJob, manifest));
  }

  async function remove(rayJob: RayJob): Promise<void> {
    log.status(lineOf({ kind: "clearing", subject: rayJobSubject(rayJob.metadata) }));
    await within({ seconds: deletionTimeoutSeconds, setting: "customTimeouts" }, signal, (limited) =>
      deleteJob(connection, rayJob.metadata, { log, signal: limited }),
    );
  }
}

// A run of the past that has ended costs nothing and may have been kept on purpose.
function isInTheWay(rayJob: RayJob, manifest: RayJobManifest): boolean {
  if (ownershipOf(rayJob, manifest) === "another owner") return false;
  return rayJob.metadata.name === manifest.metadata.name || !verdictOf(rayJob.status).ended;
}
