import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type FieldType, type KubeRayFields, typeOf } from "../../../../provider/job/spec/fields.ts";
import { kubernetesTypes } from "../../../../provider/schema/kuberay/kubernetesTypes.ts";

/**
 * The types of the official package that the schema of `rayjob` refers to, which a host of YAML programs looks up. KubeRay's
 * CRDs repeat all of what is in them.
 */
export function referencedTypes(): Readonly<Record<string, object>> {
  const types: Record<string, object> = {};
  for (const [path, name] of Object.entries(kubernetesTypes)) {
    types[`kubernetes:${name}`] = objectOf(typeAt(path.split(".")), types);
  }
  return types;
}

const fields: KubeRayFields = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve("#kuberay-fields.json")), "utf8"),
);

function typeAt(steps: readonly string[]): FieldType {
  return steps.reduce((type, step) => {
    const inside = fieldType(typeOf(type.fields?.[step.replace("[]", "")]));
    return step.endsWith("[]") ? fieldType(inside.of) : inside;
  }, fieldType(fields.root));
}

function objectOf({ fields: inside = {}, required = [] }: FieldType, types: Record<string, object>): object {
  const properties = Object.entries(inside).map(([name, field]) => [name, specOf(typeOf(field), types)]);
  return { type: "object", properties: Object.fromEntries(properties), required };
}

function specOf(index: number | undefined, types: Record<string, object>): object {
  const type = fieldType(index);
  switch (type.type) {
    case "object": {
      const token = `kubernetes:core/v1:Part${index}`;
      types[token] ??= objectOf(type, types);
      return { $ref: `#/types/${encodeURIComponent(token).replaceAll("%3A", ":")}` };
    }
    case "list":
      return { type: "array", items: specOf(type.of, types) };
    case "map":
      return { type: "object", additionalProperties: specOf(type.of, types) };
    case "integerOrString":
    case "quantity":
      return { oneOf: [{ type: "integer" }, { type: "string" }] };
    case "any":
      return { $ref: "pulumi.json#/Any" };
    default:
      return { type: type.type };
  }
}

function fieldType(index: number | undefined): FieldType {
  const type = fields.types[index ?? -1];
  if (type === undefined) throw new Error("KubeRay's CRDs have no such field");
  return type;
}
