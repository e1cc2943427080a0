import { gathered } from "./gathered.ts";
import { listPodsWith } from "./pods.ts";

export const CLUSTER_LABEL = "ray.io/cluster";
export const JOB_LABEL = "job-name";
export const NODE_TYPE_LABEL = "ray.io/node-type";

/** The pods of Ray clusters: those of this one, and of the others that are asked for at the same moment. */
export const nodesOf = gathered((connection, namespace, clusters) =>
  listPodsWith(connection, namespace, CLUSTER_LABEL, clusters),
);

/** Likewise the pods of Kubernetes Jobs, which submit RayJobs. */
export const submittersOf = gathered((connection, namespace, names) =>
  listPodsWith(connection, namespace, JOB_LABEL, names),
);
