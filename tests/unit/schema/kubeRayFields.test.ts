import assert from "node:assert/strict";
import { fieldsOf, type OpenApiSchema } from "../../../provider/schema/kuberay/merge.ts";

const text: OpenApiSchema = { type: "string" };

describe("the fields of KubeRay's CRDs, merged", () => {
  it("are those of all versions, each with the first one that has it where not all do", () => {
    const older = object({ a: text, gone: text });
    const newer = object({ a: text, b: text });
    const { root, types, versions } = fieldsOf([
      { version: "1.0.0", schema: older },
      { version: "1.1.0", schema: newer },
    ]);
    assert.deepEqual(versions, ["1.0.0", "1.1.0"]);
    assert.deepEqual(types, [
      { type: "string" },
      { type: "object", fields: { a: 0, b: [0, "1.1.0"], gone: [0, "1.0.0"] } },
    ]);
    assert.equal(root, 1);
  });

  it("write equal types down once", () => {
    const { types } = merged(object({ a: object({ x: text }), b: object({ x: text }) }));
    assert.deepEqual(types, [
      { type: "string" },
      { type: "object", fields: { x: 0 } },
      { type: "object", fields: { a: 1, b: 1 } },
    ]);
  });

  it("require what every version does, unless the cluster fills it in", () => {
    const old = object({ a: text, b: text, c: { ...text, default: "x" } }, ["a", "b", "c"]);
    const { types, root } = fieldsOf([
      { version: "1.0.0", schema: old },
      { version: "1.1.0", schema: object({ a: text, b: text, c: text }, ["a"]) },
    ]);
    assert.deepEqual(types[root]?.required, ["a"]);
    const { required } = merged(old).types.at(-1) ?? {};
    assert.deepEqual(required, ["a", "b"]);
  });

  const kinds: readonly (readonly [schema: OpenApiSchema, type: string])[] = [
    [{ type: "array", items: text }, "list"],
    [{ type: "object", additionalProperties: text }, "map"],
    [{ type: "object" }, "any"],
    [{ "x-kubernetes-preserve-unknown-fields": true }, "any"],
    [{ "x-kubernetes-int-or-string": true }, "integerOrString"],
    [{ type: "integer", minimum: 1 }, "integer"],
    [{ type: "boolean" }, "boolean"],
  ];
  for (const [schema, type] of kinds) {
    it(`read ${JSON.stringify(schema)} as ${type}`, () => {
      assert.equal(merged(schema).types.at(-1)?.type, type);
    });
  }
});

function merged(schema: OpenApiSchema) {
  return fieldsOf([{ version: "1.0.0", schema }]);
}

function object(properties: Readonly<Record<string, OpenApiSchema>>, required?: string[]): OpenApiSchema {
  return { type: "object", properties, ...(required ? { required } : {}) };
}
