import { apartFrom } from "../findings/apart.ts";
import type { Finding } from "../findings/finding.ts";
import { shapeFindings } from "../findings/shape.ts";
import type { PropertyPath } from "../values/path.ts";
import { mapOf, type PropertyMap, type Value, withoutNulls } from "../values/value.ts";
import { importedInputsOf } from "./live.ts";
import { apiVersionFindings, nameFindings } from "./manifestIdentity.ts";
import { maxNameLength } from "./names.ts";
import { asOfManifest, manifestWarnings } from "./rules/ofManifests.ts";
import { pastedFindings } from "./rules/pasted.ts";
import { validateManifest } from "./rules/validate.ts";
import type { KubeRayFields } from "./spec/fields.ts";
import { manifestSchemaOf } from "./spec/shape.ts";
import { specFindings } from "./spec/specFindings.ts";
import { versionFindings } from "./spec/versions.ts";

/** What a RayJob is judged by. */
export interface Judgement {
  readonly fields: KubeRayFields;
  /** The version of KubeRay that will run it, if that is known. */
  readonly version?: string | undefined;
  /** Its feature gates that are not as the version has them by default. */
  readonly featureGates?: Readonly<Record<string, boolean>> | undefined;
}

/**
 * Everything that is wrong with a RayJob as it is written for the cluster, with KubeRay's defaults; the paths are those of the
 * manifest. What KubeRay does not know is judged as unknown alone: it never counts as an argument of this package.
 */
export function manifestFindings(
  manifest: PropertyMap,
  { fields, version = "", featureGates = {} }: Judgement,
): Finding[] {
  const said = withoutNulls(manifest);
  const [metadata, spec] = [mapOf(said.metadata), knownOf(mapOf(said.spec), fields)];
  const { name, namespace } = metadata;
  const inputs = importedInputsOf({
    metadata: {
      // To the API server an empty name is none.
      ...(typeof name === "string" && name !== "" ? { name } : {}),
      ...(typeof namespace === "string" ? { namespace } : {}),
      labels: textsOf(metadata.labels),
      annotations: textsOf(metadata.annotations),
    },
    spec,
  });
  const ofKubeRay = { ...(version === "" ? {} : { kubeRayVersion: version }), kubeRayFeatureGates: featureGates };
  const ofArguments = [
    ...versionFindings(spec, version, fields),
    ...asOfManifest(validateManifest({ ...inputs, ...ofKubeRay }), spec),
    ...specFindings(spec, fields),
    ...manifestWarnings(spec),
    ...pastedFindings(spec),
  ];
  const misshapen = shapeFindings(said, schemaOf(fields), "RayJob");
  return [
    ...apiVersionFindings(said, ["ray.io/v1", "ray.io/v1alpha1"]),
    ...nameFindings(metadata, "RayJob", maxNameLength),
    ...misshapen,
    ...apartFrom(misshapen, ofArguments.map(placed)),
  ];
}

/** Whether this means to be a RayJob to Kubernetes, whatever it says of the API. */
export function isRayJob({ kind }: PropertyMap): boolean {
  return kind === "RayJob";
}

function knownOf(spec: PropertyMap, { types, root }: KubeRayFields): PropertyMap {
  const names = types[root]?.fields ?? {};
  return Object.fromEntries(Object.entries(spec).filter(([name]) => Object.hasOwn(names, name)));
}

function textsOf(value: Value | undefined): Record<string, string> {
  const texts = Object.entries(mapOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts);
}

// As arguments they are beside the fields of the spec.
const ofMetadata: PropertyPath = ["name", "namespace", "labels", "annotations"];

function placed(finding: Finding): Finding {
  const [first = ""] = finding.path;
  return { ...finding, path: [ofMetadata.includes(first) ? "metadata" : "spec", ...finding.path] };
}

function schemaOf(fields: KubeRayFields) {
  const known = schemas.get(fields) ?? manifestSchemaOf(fields);
  schemas.set(fields, known);
  return known;
}

const schemas = new WeakMap<KubeRayFields, ReturnType<typeof manifestSchemaOf>>();
