import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { KubeRayFields } from "../../../provider/job/spec/fields.ts";
import { kubeRayObjects } from "../../../provider/job/spec/shape.ts";
import { kubernetesTypes } from "../../../provider/schema/kuberay/kubernetesTypes.ts";
import { KubeRayTypeReader } from "../../../provider/schema/kuberay/types.ts";

const fields: KubeRayFields = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve("#kuberay-fields.json")), "utf8"),
);

describe("the schema of KubeRay's objects", () => {
  it("has a type for each object down to Kubernetes' own, and says since when there is a field", () => {
    const types = read(fields);
    const cluster = types["rayjob:index:RayClusterSpec"];
    assert(cluster?.type === "object");
    assert.deepEqual(cluster.required, ["headGroupSpec"]);
    assert.deepEqual(cluster.properties.workerGroupSpecs?.items, { $ref: "#/types/rayjob:index:WorkerGroupSpec" });
    assert.match(String(cluster.properties.tlsOptions?.description), /KubeRay 1\.7\.0 or newer\.$/);
    const head = types["rayjob:index:HeadGroupSpec"];
    assert(head?.type === "object");
    assert.equal(
      head.properties.template?.$ref,
      "/kubernetes/v4.0.0/schema.json#/types/kubernetes:core%2Fv1:PodTemplateSpec",
    );
  });

  it("uses every path by which Kubernetes' types are found", () => {
    const text =
      JSON.stringify(read(fields)) +
      JSON.stringify(new KubeRayTypeReader(fields, "x", "4.0.0").typeOfArgument("submitterPodTemplate"));
    const named = new Set(Object.values(kubernetesTypes).map((type) => type.split(":")[1]));
    for (const name of named) assert(text.includes(`:${name}"`), name);
  });

  it("refuses a field that nobody has described, and a description of none", () => {
    assert.throws(
      () => read(changed("submitterConfig", { backoffLimit: 0, more: 1 })),
      /submitterConfig has no description of more/,
    );
    assert.throws(() => read(changed("submitterConfig", {})), /submitterConfig has no backoffLimit/);
  });
});

function read(from: KubeRayFields) {
  const reader = new KubeRayTypeReader(from, "rayjob", "4.0.0");
  for (const name of kubeRayObjects) reader.typeOfArgument(name);
  return reader.types;
}

/** The fields with another object at a place. */
function changed(name: string, inside: Readonly<Record<string, number>>): KubeRayFields {
  const types = [...fields.types, { type: "object" as const, fields: inside }];
  const root = types[fields.root];
  types[fields.root] = { type: "object", ...root, fields: { ...root?.fields, [name]: types.length - 1 } };
  return { ...fields, types };
}
