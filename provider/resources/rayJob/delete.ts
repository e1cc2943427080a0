import { deleteRayJob } from "../../kube/rayJobs/deleteRayJob.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import type { Context, DeleteRequest } from "../../server/customResource.ts";
import { TimedOut } from "../../server/timeout.ts";
import { sameClusterOf } from "../cluster.ts";
import { identityOf } from "./state.ts";

/** Stops the job if it still runs, and waits until the RayJob and all that KubeRay made for it are gone. */
export async function remove({ id, outputs }: DeleteRequest, context: Context): Promise<void> {
  const identity = identityOf(id, outputs);
  const { connection } = await sameClusterOf(context, outputs, rayJobSubject(identity));
  let waiting = `Cannot delete ${rayJobSubject(identity)}`;
  const onWaiting = (line: string) => {
    waiting = line;
    context.log.status(line);
  };
  try {
    await deleteRayJob(connection, identity, { signal: context.signal, onWaiting });
  } catch (error) {
    throw error instanceof TimedOut ? new Error(`${waiting}. ${error.message}`) : error;
  }
}
