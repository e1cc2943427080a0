import { notRunAgainOf } from "../../job/report.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import type { Context, DeleteRequest } from "../../server/customResource.ts";
import { sameClusterOf } from "../cluster.ts";
import { adoptedRuns } from "./adoptedRuns.ts";
import { deleteJob } from "./deleteJob.ts";
import { identityOf } from "./state.ts";

/**
 * Stops the job if it still runs, and waits until the RayJob and all that KubeRay made for it are gone. A run
 * that its own replacement has adopted is the new one, too, and stays.
 */
export async function remove({ id, outputs }: DeleteRequest, context: Context): Promise<void> {
  const identity = identityOf(id, outputs);
  const { connection } = await sameClusterOf(context, outputs, rayJobSubject(identity));
  if (adoptedRuns.release(connection, identity.uid)) {
    context.log.warning(notRunAgainOf(rayJobSubject(identity)));
    return;
  }
  await deleteJob(connection, identity, context);
}
