import type { AppliedCrd } from "../../crds/outputs.ts";
import type { ResourceState } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";

/** The id of every `KubeRayCrds`: a cluster has one set of them. */
export const crdsId = "ray.io";

/** How the CRDs are called in messages. */
export const crdsSubject = "KubeRay's CRDs";

/** What the state keeps. */
export function stateOf(
  inputs: PropertyMap,
  crds: Readonly<Record<string, AppliedCrd>>,
  clusterUid: PropertyMap[string],
): ResourceState {
  const kept: PropertyMap = Object.fromEntries(Object.entries(crds).map(([name, applied]) => [name, { ...applied }]));
  return { id: crdsId, outputs: { ...inputs, crds: kept, clusterUid } };
}
