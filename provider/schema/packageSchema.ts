import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { PackageSchema } from "../findings/shape.ts";
import type { Knowledge } from "../job/findings.ts";
import type { KubeRayFields } from "../job/spec/fields.ts";
import { withKubeRayFields } from "../job/spec/shape.ts";

/** The package's schema as it is served, as JSON text. */
export function schemaText(): Promise<string> {
  return readFile(fileURLToPath(import.meta.resolve("#schema.json")), "utf8");
}

/** The package's schema, parsed once. */
export function packageSchema(): Promise<PackageSchema> {
  parsed ??= schemaText().then((text): PackageSchema => JSON.parse(text));
  return parsed;
}

/** The same, in which the objects of a RayJob that are KubeRay's are known down to their last fields. */
export function rayJobSchema(): Promise<PackageSchema> {
  completed ??= Promise.all([packageSchema(), kubeRayFields()]).then(([schema, fields]) =>
    withKubeRayFields(schema, fields),
  );
  return completed;
}

/** What the arguments of a RayJob are judged by. */
export async function rayJobKnowledge(): Promise<Knowledge> {
  return { schema: await rayJobSchema(), fields: await kubeRayFields() };
}

/** What KubeRay's CRDs say of a RayJob's fields, in every version that this package knows. */
export function kubeRayFields(): Promise<KubeRayFields> {
  fields ??= readFile(fileURLToPath(import.meta.resolve("#kuberay-fields.json")), "utf8").then(
    (text): KubeRayFields => JSON.parse(text),
  );
  return fields;
}

let parsed: Promise<PackageSchema> | undefined;
let completed: Promise<PackageSchema> | undefined;
let fields: Promise<KubeRayFields> | undefined;
