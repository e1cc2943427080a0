import { isArgument } from "../../job/changes.ts";
import { outputsOf } from "../../job/outputs.ts";
import type { RayJob } from "../../job/rayJob.ts";
import type { ResourceState } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Cluster } from "../cluster.ts";

/** What the state keeps of a RayJob. */
export function stateOf(rayJob: RayJob, inputs: PropertyMap, cluster: Cluster): ResourceState {
  const { namespace, name } = rayJob.metadata;
  return { id: `${namespace}/${name}`, outputs: { ...outputsOf(inputs, rayJob), clusterUid: cluster.uid } };
}

/**
 * The arguments that the RayJob was given last. The state's inputs are those of before when an update did its part but did
 * not get what it waited for: then the engine keeps them, while its outputs are the new ones.
 */
export function appliedInputsOf(inputs: PropertyMap, outputs: PropertyMap): PropertyMap {
  if (outputs.uid === undefined) return inputs;
  const { jobId: _, ...said } = outputs; // what KubeRay calls the job, not what was asked for
  const applied = Object.fromEntries(Object.entries(said).filter(([name]) => isArgument(name)));
  return inputs.jobId === undefined ? applied : { ...applied, jobId: inputs.jobId };
}

/** The RayJob that the state speaks of: its name may belong to another one by now. */
export function identityOf(id: string, outputs: PropertyMap): { namespace: string; name: string; uid: string } {
  const [namespace, name] = splitId(id);
  return { namespace, name, uid: String(outputs.uid) };
}

/** The parts of an id, `namespace/name`. */
export function splitId(id: string): readonly [namespace: string, name: string] {
  const [namespace, name, ...rest] = id.split("/");
  if (namespace && name && rest.length === 0) return [namespace, name];
  throw new Error(`Cannot read the RayJob "${id}": that is no id. Write \`namespace/name\`, such as \`ml/train\``);
}
