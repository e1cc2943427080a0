import type { ObjectSpec, PackageSchema, ResourceSpec, TypeSpec } from "../../findings/shape.ts";
import type { RayJobArgs } from "../args.ts";
import { type FieldType, type KubeRayFields, typeOf } from "./fields.ts";

/** The arguments that are whole objects of KubeRay's. */
export const kubeRayObjects = [
  "rayClusterSpec",
  "submitterPodTemplate",
  "submitterConfig",
  "deletionStrategy",
] as const satisfies (keyof RayJobArgs)[];

/** The package's schema, in which these objects are known down to the last field of a pod. */
export function withKubeRayFields(schema: PackageSchema, fields: KubeRayFields): PackageSchema {
  const spec = fields.types[fields.root]?.fields ?? {};
  const objects = kubeRayObjects.map((name) => [name, specOf(typeOf(spec[name]), fields)]);
  const token = "rayjob:index:RayJob";
  const job = schema.resources?.[token];
  const inputProperties = { ...job?.inputProperties, ...Object.fromEntries(objects) };
  const types = fields.types.map((type, index) => [tokenOf(index), objectOf(type, fields)]);
  return {
    resources: { ...schema.resources, [token]: { ...job, inputProperties } },
    types: { ...schema.types, ...Object.fromEntries(types) },
  };
}

/** The schema of a RayJob as it is on the cluster, as that of a resource `RayJob`. */
export function manifestSchemaOf(fields: KubeRayFields): PackageSchema {
  const types = fields.types.map((type, index) => [tokenOf(index), objectOf(type, fields)]);
  return {
    resources: { RayJob: objectWith(specOf(fields.root, fields)) },
    types: { metadata, ...Object.fromEntries(types) },
  };
}

const text = { type: "string" };
const texts = { type: "object", additionalProperties: text };
const anything = { $ref: "pulumi.json#/Any" };

const ofServer = [
  ...["creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "finalizers", "generation"],
  ...["managedFields", "ownerReferences", "resourceVersion", "selfLink", "uid"],
];
const metadata: ObjectSpec = {
  type: "object",
  properties: {
    ...{ name: text, generateName: text, namespace: text, labels: texts, annotations: texts },
    ...Object.fromEntries(ofServer.map((name) => [name, anything])),
  },
};

/** The schema of a RayCronJob as it is on the cluster, as that of a resource `RayCronJob`. Its `jobTemplate` is a RayJob's spec. */
export const cronJobSchema: PackageSchema = {
  resources: { RayCronJob: objectWith({ $ref: "#/types/spec" }) },
  types: {
    metadata,
    spec: {
      type: "object",
      properties: { jobTemplate: { type: "object" }, schedule: text, suspend: { type: "boolean" }, timeZone: text },
      required: ["jobTemplate", "schedule"],
    },
  },
};

function objectWith(spec: TypeSpec): ResourceSpec {
  return {
    inputProperties: {
      apiVersion: text,
      kind: text,
      metadata: { $ref: "#/types/metadata" },
      spec,
      status: anything,
    },
    requiredInputs: ["metadata", "spec"],
  };
}

function objectOf({ fields: inside = {}, required = [] }: FieldType, fields: KubeRayFields): ObjectSpec {
  const properties = Object.entries(inside).map(([name, field]) => [name, specOf(typeOf(field), fields)]);
  return { type: "object", properties: Object.fromEntries(properties), required };
}

function specOf(index: number, fields: KubeRayFields): TypeSpec {
  const { type, of } = fields.types[index] ?? { type: "any" };
  const inside = of === undefined ? {} : specOf(of, fields);
  switch (type) {
    case "object":
      return { $ref: `#/types/${tokenOf(index)}` };
    case "list":
      return { type: "array", items: inside };
    case "map":
      return { type: "object", additionalProperties: inside };
    case "integerOrString":
    case "quantity":
      return { oneOf: [{ type: "integer" }, { type: "string" }] };
    case "any":
      return { $ref: "pulumi.json#/Any" };
    default:
      return { type };
  }
}

function tokenOf(index: number): string {
  return `kuberay:index:${index}`;
}
