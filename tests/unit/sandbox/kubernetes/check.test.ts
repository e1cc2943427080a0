import assert from "node:assert/strict";
import { formatPath } from "../../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN } from "../../../../provider/values/value.ts";
import { check } from "../../../sandbox/providers/kubernetes/resource/check.ts";
import { kindOf } from "./kindOf.ts";

describe("check of the sandbox's kubernetes provider", () => {
  it("makes up a name, a namespace, apiVersion and kind", () => {
    const { metadata, ...inputs } = checked("ConfigMap", { data: { a: "b" } });
    assert.deepEqual(inputs, { apiVersion: "v1", kind: "ConfigMap", data: { a: "b" } });
    const { name, ...rest } = metadata as PropertyMap;
    assert.match(String(name), /^train-[0-9a-f]{8}$/);
    assert.deepEqual(rest, { namespace: "default", annotations: { "pulumi.com/autonamed": "true" } });
  });

  it("keeps a name that it has made up, and none that was given", () => {
    const first = checked("ConfigMap", { metadata: { labels: { a: "b" } } });
    assert.deepEqual(checked("ConfigMap", { metadata: { labels: { a: "b" } } }, first), first);
    const given = checked("ConfigMap", { metadata: { name: "given" } });
    assert.notEqual(nameOf(checked("ConfigMap", {}, given)), "given");
  });

  it("puts nothing that has no namespace into one", () => {
    const { metadata } = checked("ClusterRole", { metadata: { name: "a" } });
    assert.deepEqual(metadata, { name: "a" });
  });

  it("prefers the given namespace to the provider's, and the provider's to the default", () => {
    const configuration = { namespace: "theirs" };
    assert.equal(namespaceOf(checked("Secret", {}, {}, configuration)), "theirs");
    const given = { metadata: { namespace: "ours" } };
    assert.equal(namespaceOf(checked("Secret", given, {}, configuration)), "ours");
  });

  it("completes nothing that a preview does not know", () => {
    assert.equal(checked("ConfigMap", { metadata: UNKNOWN }).metadata, UNKNOWN);
    assert.equal(nameOf(checked("ConfigMap", { metadata: { name: UNKNOWN } })), UNKNOWN);
  });

  const refusals = [
    { inputs: { spec: {} }, at: "spec", because: "a ConfigMap has no spec" },
    { inputs: { kind: "Secret" }, at: "kind", because: "the type says what it is" },
    { inputs: { metadata: "a" }, at: "metadata", because: "it must be an object" },
    { inputs: { metadata: { generateName: "a-" } }, at: "metadata.generateName", because: "the stand-in cannot" },
    {
      inputs: { metadata: { annotations: { "pulumi.com/waitFor": "a" } } },
      at: 'metadata.annotations["pulumi.com/waitFor"]',
      because: "the official plug-in would wait",
    },
  ];
  for (const { inputs, at, because } of refusals) {
    it(`refuses ${at}: ${because}`, () => {
      const { failures } = check(kindOf("ConfigMap"), requestOf(inputs));
      assert.deepEqual(
        failures.map(({ path }) => formatPath(path)),
        [at],
      );
    });
  }
});

function checked(kind: string, newInputs: PropertyMap, oldInputs: PropertyMap = {}, configuration: PropertyMap = {}) {
  const { inputs, failures } = check(kindOf(kind), { ...requestOf(newInputs), oldInputs, configuration });
  assert.deepEqual(failures, []);
  return inputs;
}

function requestOf(newInputs: PropertyMap) {
  return { urn: "", name: "train", oldInputs: {}, newInputs, secrets: [], configuration: {} };
}

function nameOf({ metadata }: PropertyMap) {
  return (metadata as PropertyMap).name;
}

function namespaceOf({ metadata }: PropertyMap) {
  return (metadata as PropertyMap).namespace;
}
