import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { KubeRayFields } from "../../job/spec/fields.ts";
import { fieldsOf, type OpenApiSchema } from "./merge.ts";

// Writes fields.json, what KubeRay's CRDs say of the fields of a RayJob: `generate.ts VERSION=FOLDER…`, the
// oldest version first, each with the folder that its CRDs are in. What is written down is which fields there are and
// what they take: no texts.

const versions = process.argv.slice(2).map((argument) => {
  const [version = "", folder = ""] = argument.split("=");
  return { version, schema: specIn(join(folder, "ray.io_rayjobs.yaml")) };
});
if (versions.length === 0) throw new Error("Say which CRDs: VERSION=FOLDER…, the oldest version first");
const fields: KubeRayFields = fieldsOf(versions);
writeFileSync(join(import.meta.dirname, "fields.json"), `${textOf(fields)}\n`);

function specIn(file: string): OpenApiSchema {
  const crd = parse(readFileSync(file, "utf8"));
  const served = crd.spec.versions.find(({ name }: { name: string }) => name === "v1");
  return served.schema.openAPIV3Schema.properties.spec;
}

// A line for each type, so that a change of one is one changed line.
function textOf({ versions, root, types }: KubeRayFields): string {
  const lines = types.map((type) => `    ${JSON.stringify(type)}`);
  return `{\n  "versions": ${JSON.stringify(versions)},\n  "root": ${root},\n  "types": [\n${lines.join(",\n")}\n  ]\n}`;
}
