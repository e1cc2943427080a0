import assert from "node:assert/strict";
import { formatPath } from "../../../../provider/values/path.ts";
import type { PropertyMap } from "../../../../provider/values/value.ts";
import { diff } from "../../../sandbox/providers/kubernetes/resource/diff.ts";
import { kindOf } from "./kindOf.ts";

const place = { name: "a", namespace: "n" };

describe("diff of the sandbox's kubernetes provider", () => {
  const cases: readonly { kind: string; from: PropertyMap; to: PropertyMap; replaces: boolean; because: string }[] = [
    {
      kind: "ConfigMap",
      from: { data: { a: "1" } },
      to: { data: { a: "2" } },
      replaces: true,
      because: "pods read it once",
    },
    { kind: "Secret", from: { data: { a: "1" } }, to: {}, replaces: true, because: "likewise when all of it goes" },
    {
      kind: "PersistentVolumeClaim",
      from: { spec: { resources: { requests: { storage: "1Gi" } } } },
      to: { spec: { resources: { requests: { storage: "2Gi" } } } },
      replaces: false,
      because: "a claim may grow",
    },
    {
      kind: "PersistentVolumeClaim",
      from: { spec: { accessModes: ["ReadWriteOnce"] } },
      to: { spec: { accessModes: ["ReadWriteMany"] } },
      replaces: true,
      because: "a volume is what it is",
    },
    {
      kind: "Deployment",
      from: { spec: { selector: { matchLabels: { a: "b" } } } },
      to: { spec: { selector: { matchLabels: { a: "c" } } } },
      replaces: true,
      because: "its pods would be nobody's",
    },
    {
      kind: "Deployment",
      from: { spec: { template: { spec: {} } } },
      to: { spec: { template: { spec: { containers: [] } } } },
      replaces: false,
      because: "that is a rollout",
    },
    {
      kind: "RoleBinding",
      from: { roleRef: { name: "a" } },
      to: { roleRef: { name: "b" } },
      replaces: true,
      because: "the API server refuses it",
    },
    {
      kind: "RoleBinding",
      from: { subjects: [] },
      to: { subjects: [{}] },
      replaces: false,
      because: "subjects come and go",
    },
    {
      kind: "ConfigMap",
      from: { metadata: { ...place, labels: { a: "b" } } },
      to: { metadata: { ...place, labels: { a: "c" } } },
      replaces: false,
      because: "labels are only labels",
    },
    {
      kind: "ConfigMap",
      from: { metadata: place },
      to: { metadata: { ...place, namespace: "m" } },
      replaces: true,
      because: "nothing moves between namespaces",
    },
  ];
  for (const { kind, from, to, replaces, because } of cases) {
    it(`${replaces ? "replaces" : "updates"} a ${kind} from ${JSON.stringify(from)} to ${JSON.stringify(to)}: ${because}`, () => {
      const { changes } = diff(kindOf(kind), { oldInputs: from, newInputs: to });
      assert.deepEqual(
        changes.map((change) => change.replaces),
        [replaces],
      );
    });
  }

  it("names the innermost change", () => {
    const [from, to] = [{ data: { "a.b": "1", c: "2" } }, { data: { "a.b": "3", c: "2" } }];
    const { changes } = diff(kindOf("ConfigMap"), { oldInputs: from, newInputs: to });
    assert.deepEqual(
      changes.map(({ path, kind }) => [formatPath(path), kind]),
      [['data["a.b"]', "update"]],
    );
  });

  it("deletes first what bears a given name, as long as it stays where it is", () => {
    const deletesFirst = (oldInputs: PropertyMap, newInputs: PropertyMap) =>
      diff(kindOf("ConfigMap"), { oldInputs, newInputs }).deleteBeforeReplace;
    const autonamed = { metadata: { ...place, annotations: { "pulumi.com/autonamed": "true" } } };
    assert.equal(deletesFirst({ metadata: place }, { metadata: place }), true);
    assert.equal(deletesFirst(autonamed, autonamed), false);
    assert.equal(deletesFirst({ metadata: place }, { metadata: { ...place, name: "b" } }), false);
    assert.equal(deletesFirst({ metadata: place }, { metadata: { ...place, namespace: "m" } }), false);
  });
});
