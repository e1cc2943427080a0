import { deletingLineOf } from "../../job/deletion.ts";
import type { Connection } from "../connection/connection.ts";
import { rayJobSubject } from "../subject.ts";
import { followRayJob } from "../watch/followRayJob.ts";
import { OperatorVigil, type VigilOptions } from "./operatorVigil.ts";
import type { RayJobIdentity } from "./patchRayJob.ts";
import { requestDeletion } from "./requestDeletion.ts";
import { isGoneWithCrds } from "./servesRayJobs.ts";

export interface DeleteOptions extends VigilOptions {
  readonly signal: AbortSignal;
  /** Told, whenever it changes, what the deletion is waiting for. */
  readonly onWaiting?: (line: string) => void;
}

/**
 * Deletes this very RayJob in the foreground and waits until it is gone with all that belongs to it; one that is gone
 * already, or whose name another bears, is fine, and so is one that has gone with KubeRay's CRDs. Another RayJob of the same
 * name is left alone.
 * Throws a `ClusterError`, an error that says so when no operator is there to finish it, and the signal's reason when that
 * is aborted (the deletion goes on nevertheless).
 */
export async function deleteRayJob(
  connection: Connection,
  identity: RayJobIdentity,
  options: DeleteOptions,
): Promise<void> {
  try {
    await deleteAndWait(connection, identity, options);
  } catch (error) {
    if (!(await isGoneWithCrds(connection, error, options.signal))) throw error;
  }
}

async function deleteAndWait(
  connection: Connection,
  identity: RayJobIdentity,
  { signal, onWaiting, ...options }: DeleteOptions,
): Promise<void> {
  if (!(await requestDeletion(connection, identity, signal))) return;
  const vigil = new OperatorVigil(connection, options);
  const { namespace, name, uid } = identity;
  let told = "";
  try {
    const either = AbortSignal.any([signal, vigil.signal]);
    for await (const sighting of followRayJob(connection, { namespace, name, uid }, either)) {
      if (sighting.kind === "gone") return;
      if (sighting.kind === "seen") vigil.saw(sighting.rayJob);
      const line =
        sighting.kind === "seen"
          ? deletingLineOf(sighting.rayJob, rayJobSubject(sighting.rayJob.metadata))
          : sighting.error.problem;
      if (line !== told) onWaiting?.(line);
      told = line;
    }
  } finally {
    vigil.end();
  }
}
