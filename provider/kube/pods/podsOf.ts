import type { Connection } from "../connection/connection.ts";
import { gathered } from "./gathered.ts";
import { listPodsWith, type Pod } from "./pods.ts";

const CLUSTER_LABEL = "ray.io/cluster";
export const JOB_LABEL = "job-name";
export const NODE_TYPE_LABEL = "ray.io/node-type";

/** The pods of a Ray cluster. Those who ask at the same moment share the question. Throws a `ClusterError`. */
export function nodesOf(connection: Connection, namespace: string, cluster: string): Promise<Pod[]> {
  return podsWith(CLUSTER_LABEL, cluster, nodes(connection, namespace, cluster));
}

/** Likewise the pods of a Kubernetes Job, which submits a RayJob. */
export function submittersOf(connection: Connection, namespace: string, job: string): Promise<Pod[]> {
  return podsWith(JOB_LABEL, job, submitters(connection, namespace, job));
}

const nodes = gathered((connection, namespace, clusters) =>
  listPodsWith(connection, namespace, CLUSTER_LABEL, clusters),
);
const submitters = gathered((connection, namespace, jobs) => listPodsWith(connection, namespace, JOB_LABEL, jobs));

/** The answer is one for all who asked. */
async function podsWith(label: string, value: string, answer: Promise<Pod[]>): Promise<Pod[]> {
  return (await answer).filter(({ metadata: { labels } }) => labels?.[label] === value);
}
