import { rayJobSubject } from "../../kube/subject.ts";
import type { Context, DeleteRequest } from "../../server/customResource.ts";
import { sameClusterOf } from "../cluster.ts";
import { deleteJob } from "./deleteJob.ts";
import { identityOf } from "./state.ts";

/** Stops the job if it still runs, and waits until the RayJob and all that KubeRay made for it are gone. */
export async function remove({ id, outputs }: DeleteRequest, context: Context): Promise<void> {
  const identity = identityOf(id, outputs);
  const { connection } = await sameClusterOf(context, outputs, rayJobSubject(identity));
  await deleteJob(connection, identity, context);
}
