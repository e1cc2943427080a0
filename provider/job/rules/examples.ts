import type { PropertyMap } from "../../values/value.ts";

/** What the examples of rules are laid over, as check passes it on. */
export const smallJob: PropertyMap = {
  name: "train-7f3a9c21",
  namespace: "ml",
  entrypoint: "python train.py",
  rayClusterSpec: {
    headGroupSpec: { rayStartParams: {}, template: { spec: { containers: [{ name: "ray-head", image: "ray" }] } } },
  },
};

/** A cluster with fields of its own: for the examples of rules. An autoscaled one says which Ray it has. */
export function clusterOf(fields: PropertyMap): PropertyMap {
  const version = fields.enableInTreeAutoscaling === true ? { rayVersion: "2.52.0" } : {};
  return { rayClusterSpec: { headGroupSpec: { template: podOf("ray-head") }, ...version, ...fields } };
}

/** A cluster with one worker in each of the groups, or as many as they say. */
export function clusterWith(...groups: readonly PropertyMap[]): PropertyMap {
  return clusterOf({ workerGroupSpecs: groups.map(groupOf) });
}

/** A cluster whose head has fields of its own. */
export function clusterWithHead(head: PropertyMap, fields: PropertyMap = {}): PropertyMap {
  return clusterOf({ headGroupSpec: { template: podOf("ray-head"), ...head }, ...fields });
}

export function groupOf(fields: PropertyMap): PropertyMap {
  return { replicas: 1, template: podOf("ray-worker"), ...fields };
}

/** A pod template with one container, with fields of its own. */
export function podOf(name: string, container: PropertyMap = {}, spec: PropertyMap = {}): PropertyMap {
  return { spec: { containers: [{ name, image: "rayproject/ray:2.52.0", ...container }], ...spec } };
}

/** What goes with a job on a cluster that is there already. */
export const attached: PropertyMap = { rayClusterSpec: null, existingCluster: "shared" };

/** A rule for the cluster of a job that has succeeded, one for that of a job that has failed, and others. */
export function deletionRules(...others: readonly PropertyMap[]): PropertyMap {
  return { deletionStrategy: { deletionRules: [...ruleForEachOutcome(), ...others] } };
}

export function ruleForEachOutcome(): PropertyMap[] {
  const conditions = [{ jobStatus: "SUCCEEDED" }, { jobDeploymentStatus: "Failed" }];
  return conditions.map((condition) => ({ policy: "DeleteCluster", condition }));
}
