import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sentenceOf } from "../../../../provider/findings/finding.ts";
import type { KubeRayFields } from "../../../../provider/job/spec/fields.ts";
import { specFindings } from "../../../../provider/job/spec/specFindings.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN, type Value } from "../../../../provider/values/value.ts";

const fields: KubeRayFields = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve("#kuberay-fields.json")), "utf8"),
);

describe("specFindings, of words", () => {
  const places: readonly (readonly [
    cluster: (word: Value) => PropertyMap,
    path: string,
    right: string,
    wrong: string,
  ])[] = [
    [(mode) => ({ networkPolicy: { mode } }), "networkPolicy.mode", "DenyAll", "denyAll"],
    [(mode) => ({ authOptions: { mode } }), "authOptions.mode", "token", ""],
    [(version) => ({ autoscalerOptions: { version } }), "autoscalerOptions.version", "v2", "2"],
    [
      (upscalingMode) => ({ autoscalerOptions: { upscalingMode } }),
      "autoscalerOptions.upscalingMode",
      "Aggressive",
      "Agressive",
    ],
    [
      (backend) => ({ gcsFaultToleranceOptions: { backend } }),
      "gcsFaultToleranceOptions.backend",
      "rocksdb",
      "RocksDB",
    ],
    [
      (deletionPolicy) => ({ gcsFaultToleranceOptions: { storage: { deletionPolicy } } }),
      "gcsFaultToleranceOptions.storage.deletionPolicy",
      "Retain",
      "Delete",
    ],
    [
      (pathType) => ({ headGroupSpec: { ingressOptions: { pathType } } }),
      "headGroupSpec.ingressOptions.pathType",
      "Prefix",
      "Regex",
    ],
  ];
  for (const [cluster, path, right, wrong] of places) {
    it(`takes ${JSON.stringify(right)} for ${path}, and not ${JSON.stringify(wrong)}`, () => {
      assert.deepEqual(found(cluster(right)), []);
      assert.deepEqual(found(cluster(UNKNOWN)), []);
      assert.deepEqual(found(cluster(wrong)), [`rayClusterSpec.${path} RJ371`]);
    });
  }

  it("says which words there are, or which one was meant", () => {
    const sentences = (mode: string) =>
      specFindings({ rayClusterSpec: { networkPolicy: { mode } } }, fields).map(sentenceOf);
    assert.deepEqual(sentences("DenyAl"), ['Cannot take "DenyAl" for "mode". Hint: Did you mean "DenyAll"? (RJ371)']);
    assert.deepEqual(sentences("Closed"), [
      'Cannot take "Closed" for "mode". Hint: Use one of "DenyAll", "DenyAllIngress", "DenyAllEgress" (RJ371)',
    ]);
  });

  it("leaves what is refused anyway, and what is of a wrong type, to others", () => {
    assert.deepEqual(found({ upgradeStrategy: { type: "Roll" } }), []);
    assert.deepEqual(found({ networkPolicy: { mode: 1 }, authOptions: "token", constructor: "a" }), []);
    assert.deepEqual(specFindings({}, fields), []);
  });
});

function found(rayClusterSpec: PropertyMap): string[] {
  return specFindings({ rayClusterSpec }, fields).map(({ path, code }) => `${formatPath(path)} ${code}`);
}
