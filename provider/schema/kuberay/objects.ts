import { clusterObjects } from "./objects/cluster.ts";
import { clusterOptionObjects } from "./objects/clusterOptions.ts";
import { jobObjects } from "./objects/job.ts";
import type { KubeRayObject } from "./objects/object.ts";

/** All objects of KubeRay's that get a type of their own. */
export const kubeRayObjects: readonly KubeRayObject[] = [...clusterObjects, ...clusterOptionObjects, ...jobObjects];
