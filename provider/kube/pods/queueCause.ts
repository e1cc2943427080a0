import { queueLabel } from "../../job/live.ts";
import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { PAGE_SIZE } from "../connection/limits.ts";
import { requestJson } from "../connection/request.ts";
import { subjectOf } from "../subject.ts";
import { gathered } from "./gathered.ts";
import type { PodCondition } from "./pods.ts";
import { shortened } from "./shortened.ts";

/**
 * In which queue Kueue holds the job back, and why, in one line: `Kueue's queue gpus (…)`. Undefined for a job that is
 * in no queue, or not held back. Why is only said to those who may list Kueue's workloads. Throws nothing.
 */
export async function queueCause(connection: Connection, rayJob: RayJob): Promise<string | undefined> {
  const { namespace, uid, labels } = rayJob.metadata;
  const queue = labels?.[queueLabel];
  if (queue === undefined || rayJob.spec.suspend !== true) return undefined;
  const workload = (await workloadsOf(connection, namespace, uid)).find(({ metadata }) => {
    return metadata.ownerReferences?.some((owner) => owner.uid === uid);
  });
  const because = ["QuotaReserved", "Admitted"].flatMap((type) => conditionOf(workload, type)?.message || []).at(0);
  return `Kueue's queue ${queue}${because ? ` (${shortened(because)})` : ""}`;
}

/** Kueue's own account of what it queues, as far as it is read here. */
interface Workload {
  readonly metadata: { readonly ownerReferences?: readonly { readonly uid: string }[] };
  readonly status?: { readonly conditions?: readonly PodCondition[] };
}

function conditionOf(workload: Workload | undefined, wanted: string): PodCondition | undefined {
  return workload?.status?.conditions?.find(({ type, status }) => type === wanted && status === "False");
}

const workloadsOf = gathered(async (connection, namespace) => {
  for (const version of ["v1beta2", "v1beta1"]) {
    try {
      return await listWorkloads(connection, namespace, version);
    } catch (error) {
      if (!isClusterError(error)) throw error;
      if (error.kind !== "notFound") return [];
    }
  }
  return [];
});

async function listWorkloads(connection: Connection, namespace: string, version: string): Promise<readonly Workload[]> {
  const { items } = await requestJson<{ readonly items: readonly Workload[] }>(connection, {
    action: "list",
    subject: subjectOf("Workload", namespace),
    path: `/apis/kueue.x-k8s.io/${version}/namespaces/${encodeURIComponent(namespace)}/workloads`,
    query: { limit: PAGE_SIZE },
  });
  return items;
}
