import { isPropertyMap, mapOf, type PropertyMap, type Value } from "../values/value.ts";
import { type Crd, versionAnnotation } from "./crd.ts";
import { compareVersions, crdsOf, type KubeRayVersion } from "./release.ts";

/**
 * How one sees that the CRDs on a cluster are newer than a version: each as a part of a sentence. Applying the older ones
 * would take fields away, and an operator must not be older than its CRDs.
 */
export function newerThan(version: KubeRayVersion, live: readonly Crd[]): string[] {
  const known = new Set(crdsOf(version).map(({ name }) => name));
  return live.flatMap(({ metadata: { name, annotations } }) => {
    if (!known.has(name)) return [`${name} is there, which KubeRay ${version} does not have`];
    const theirs = annotations?.[versionAnnotation];
    if (theirs === undefined || compareVersions(theirs, version) <= 0) return [];
    return [`${name} is of KubeRay ${theirs}`];
  });
}

/** Fields of KubeRay's own that the CRD on the cluster has and the other one lacks, as one would write them in a manifest. */
export function fieldsLostBy(live: Crd, wanted: Crd): string[] {
  const lost = live.spec.versions.flatMap((version) => {
    const successor = wanted.spec.versions.find(({ name }) => name === version.name);
    return successor === undefined ? [`version ${version.name}`] : lostBetween(schemaOf(version), schemaOf(successor));
  });
  return [...new Set(lost)];
}

function schemaOf({ schema }: PropertyMap): Value | undefined {
  return isPropertyMap(schema) ? schema.openAPIV3Schema : undefined;
}

function lostBetween(before: Value | undefined, after: Value | undefined, path = ""): string[] {
  if (!isPropertyMap(before)) return [];
  const next: PropertyMap = isPropertyMap(after) ? after : {};
  const [fields, successors] = [mapOf(before.properties), mapOf(next.properties)];
  return [
    ...Object.keys(fields).flatMap((name) => {
      const inside = path === "" ? name : `${path}.${name}`;
      if (successors[name] === undefined) return [inside];
      return kubernetesOwn.has(name) ? [] : lostBetween(fields[name], successors[name], inside);
    }),
    ...lostBetween(before.items, next.items, `${path}[]`),
  ];
}

// Kubernetes' own types: which fields they have depends on the libraries that KubeRay was built with, and comes and goes.
const kubernetesOwn = new Set([
  "template",
  "submitterPodTemplate",
  "headService",
  "serveService",
  "env",
  "envFrom",
  "volumeMounts",
  "securityContext",
  "resources",
]);
