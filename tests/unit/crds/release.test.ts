import assert from "node:assert/strict";
import { compareVersions, crdsOf, isKubeRayVersion, kubeRayVersions } from "../../../provider/crds/release.ts";

const orders: { a: string; b: string; order: number; because: string }[] = [
  { a: "1.6.2", b: "1.6.2", order: 0, because: "they are the same" },
  { a: "1.5.1", b: "1.6.2", order: -1, because: "the minor number is smaller" },
  { a: "1.10.0", b: "1.9.9", order: 1, because: "numbers are compared, not texts" },
  { a: "2.0.0", b: "1.7.0", order: 1, because: "the major number is what counts most" },
  { a: "v1.6.2", b: "1.6.2", order: 0, because: "tags have a v" },
  { a: "1.6.2-rc.1", b: "1.6.2", order: 0, because: "a candidate has the fields of its release" },
  { a: "nightly", b: "1.5.1", order: -1, because: "what is no version must not stand in the way" },
];

describe("compareVersions", () => {
  for (const { a, b, order, because } of orders) {
    it(`puts ${a} ${["before", "beside", "after"][order + 1]} ${b}: ${because}`, () => {
      assert.equal(Math.sign(compareVersions(a, b)), order);
      assert.equal(Math.sign(compareVersions(b, a)), order === 0 ? 0 : -order);
    });
  }
});

describe("crdsOf", () => {
  it("names every CRD, its file and a hash of its own, for every version", () => {
    const all = kubeRayVersions.flatMap(crdsOf);
    for (const { name, file, sha256 } of all) {
      assert.equal(file, `ray.io_${name.replace(/\.ray\.io$/, "")}.yaml`);
      assert.match(sha256, /^[0-9a-f]{64}$/);
    }
    assert.equal(new Set(all.map(({ sha256 }) => sha256)).size, all.length);
  });

  it("has RayCronJob since 1.6", () => {
    const versions = kubeRayVersions.filter((version) =>
      crdsOf(version).some(({ name }) => name === "raycronjobs.ray.io"),
    );
    assert.deepEqual(versions, ["1.6.2", "1.7.0"]);
  });
});

describe("isKubeRayVersion", () => {
  it("knows the versions with hashes, and nothing else", () => {
    assert.deepEqual([...kubeRayVersions, "1.6.1", "v1.6.2", "toString", undefined, 1].filter(isKubeRayVersion), [
      ...kubeRayVersions,
    ]);
  });
});
