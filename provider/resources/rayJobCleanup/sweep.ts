import { siblingJobs, withProviderId } from "../../job/cleanup.ts";
import { isOwnedBy, leftoverSelector, type Owner } from "../../job/owner.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { lineOf } from "../../job/report.ts";
import type { Connection } from "../../kube/connection/connect.ts";
import { listRayJobs } from "../../kube/rayJobs/listRayJobs.ts";
import { isGoneWithCrds } from "../../kube/rayJobs/servesRayJobs.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import type { Context } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import { sameClusterOf } from "../cluster.ts";
import { clearAway } from "../rayJob/clearAway.ts";

/** Deletes the RayJobs of these jobs that no state knows, and waits until they are gone. */
export async function sweep(
  urn: string,
  jobs: readonly string[],
  { namespace, clusterUid, providerIds }: PropertyMap,
  context: Context,
): Promise<void> {
  if (jobs.length === 0) return;
  const place = String(namespace);
  const { connection } = await sameClusterOf(context, { clusterUid }, rayJobSubject({ namespace: place }));
  const owners = siblingJobs(urn, withProviderId(providerIds, context.providerId), jobs);
  const found = await leftovers(connection, place, owners, context.signal);
  const ends = await Promise.allSettled(found.map((rayJob) => remove(rayJob, connection, context)));
  const failures = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
  if (failures.length > 1) throw new Error(failures.map(({ message }) => message).join("\n"));
  if (failures.length > 0) throw failures[0];
}

async function leftovers(
  connection: Connection,
  namespace: string,
  owners: readonly Owner[],
  signal: AbortSignal,
): Promise<RayJob[]> {
  try {
    const marked = await listRayJobs(connection, namespace, leftoverSelector, signal);
    return marked.filter((rayJob) => owners.some((owner) => isOwnedBy(rayJob, owner)));
  } catch (error) {
    if (await isGoneWithCrds(connection, error, signal)) return [];
    throw error;
  }
}

async function remove(rayJob: RayJob, connection: Connection, context: Context): Promise<void> {
  await clearAway(rayJob, connection, context);
  await context.log.info(lineOf({ kind: "cleared", subject: rayJobSubject(rayJob.metadata) }));
}
