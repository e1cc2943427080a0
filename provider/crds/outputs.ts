import { isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../values/value.ts";
import type { KubeRayCrdsArgs } from "./args.ts";
import { crdsOf, isKubeRayVersion, type KubeRayVersion, type ReleasedCrd } from "./release.ts";

/** The outputs of a `KubeRayCrds` beside its arguments. */
export interface KubeRayCrdsOutputs extends KubeRayCrdsArgs {
  /** The version of KubeRay that is installed. */
  readonly version: KubeRayVersion;
  /** The CRDs by their names, such as `rayjobs.ray.io`. */
  readonly crds: Readonly<Record<string, AppliedCrd>>;
  /** The UID of the namespace `kube-system` of the cluster that the CRDs are on. Another cluster is refused. */
  readonly clusterUid: string;
}

/** One CRD as it was applied. */
export interface AppliedCrd {
  /** SHA-256 of the released file. */
  readonly sha256: string;
  /** SHA-256 of the CRD's spec as the API server stored it, defaults filled in. */
  readonly fingerprint: string;
  /** What has become of the CRD since, as the last refresh saw it; absent if nothing has. The next deployment puts it right. */
  readonly drift?: string;
}

/** What a preview foretells: everything but what only the API server can say. */
export function foretoldOutputsOf(inputs: PropertyMap, previous: PropertyMap = {}): PropertyMap {
  const version = versionOf(inputs);
  const known = appliedCrdsOf(previous);
  const crds: PropertyMap = Object.fromEntries(
    (version === undefined ? [] : crdsOf(version)).map((released) => [released.name, foretold(released, known)]),
  );
  return {
    ...inputs,
    crds: version === undefined ? UNKNOWN : crds,
    clusterUid: previous.clusterUid ?? UNKNOWN,
  };
}

function foretold({ name, sha256 }: ReleasedCrd, known: Readonly<Record<string, AppliedCrd>>): PropertyMap {
  const before = known[name];
  const stays = before?.sha256 === sha256 && before.drift === undefined;
  return { sha256, fingerprint: stays ? before.fingerprint : UNKNOWN };
}

/** The version, or undefined where a preview does not know it yet. */
export function versionOf(inputs: PropertyMap): KubeRayVersion | undefined {
  return isKubeRayVersion(inputs.version) ? inputs.version : undefined;
}

/** The CRDs that a state knows. */
export function appliedCrdsOf({ crds }: PropertyMap): Readonly<Record<string, AppliedCrd>> {
  if (!isPropertyMap(crds)) return {};
  return Object.fromEntries(Object.entries(crds).flatMap(([name, value]) => (isApplied(value) ? [[name, value]] : [])));
}

function isApplied(value: Value | undefined): value is PropertyMap & AppliedCrd {
  return isPropertyMap(value) && typeof value.sha256 === "string" && typeof value.fingerprint === "string";
}
