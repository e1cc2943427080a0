import type { Difference } from "../values/difference.ts";
import type { PropertyMap } from "../values/value.ts";
import { appliedCrdsOf, versionOf } from "./outputs.ts";
import { crdsOf } from "./release.ts";

/** At which of its outputs a state is not what its version asks for: CRDs that are missing, other ones, or changed since. */
export function duties(oldOutputs: PropertyMap, inputs: PropertyMap): Difference[] {
  const version = versionOf(inputs);
  if (version === undefined) return [];
  const known = appliedCrdsOf(oldOutputs);
  return crdsOf(version).flatMap(({ name, sha256 }): Difference[] => {
    const applied = known[name];
    if (applied === undefined) return [{ path: ["crds", name], kind: "add" }];
    if (applied.drift !== undefined) return [{ path: ["crds", name, "drift"], kind: "delete" }];
    return applied.sha256 === sha256 ? [] : [{ path: ["crds", name, "sha256"], kind: "update" }];
  });
}
