import type { DeletionLimits } from "../../job/deletion.ts";
import type { Connection } from "../../kube/connection/connect.ts";
import { deleteRayJob } from "../../kube/rayJobs/deleteRayJob.ts";
import type { RayJobIdentity } from "../../kube/rayJobs/patchRayJob.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import type { Context } from "../../server/customResource.ts";
import { TimedOut } from "../../server/timeout.ts";

/**
 * Deletes the RayJob and waits until it is gone; the row, and the error when the time is over, say what for. Where nobody
 * is there to finish it, the error says so soon.
 */
export async function deleteJob(
  connection: Connection,
  identity: RayJobIdentity,
  { log, signal }: Pick<Context, "log" | "signal">,
  limits?: DeletionLimits,
): Promise<void> {
  let waiting = `Cannot delete ${rayJobSubject(identity)}`;
  const onWaiting = (line: string) => {
    waiting = line;
    log.status(line);
  };
  try {
    await deleteRayJob(connection, identity, { signal, onWaiting, onDoubt: log.warning, limits });
  } catch (error) {
    throw error instanceof TimedOut ? new Error(`${waiting}. ${error.message}`) : error;
  }
}
