import assert from "node:assert/strict";
import { defaultedOf, isGiven, withDefaults } from "../../../provider/job/defaults.ts";
import { type PropertyMap, UNKNOWN, type Value } from "../../../provider/values/value.ts";

const unknowns: { said: PropertyMap; ends: (Value | undefined)[]; because: string }[] = [
  { said: { deletionStrategy: UNKNOWN }, ends: [UNKNOWN, UNKNOWN], because: "it may turn out to be nothing" },
  { said: { existingCluster: UNKNOWN }, ends: [UNKNOWN, UNKNOWN], because: "so may a cluster" },
  { said: { shutdownAfterJobFinishes: UNKNOWN }, ends: [UNKNOWN, UNKNOWN], because: "the TTL goes with the shutdown" },
  {
    said: { deletionStrategy: UNKNOWN, existingCluster: "shared" },
    ends: [undefined, undefined],
    because: "an existing cluster stays, whatever the strategy",
  },
  {
    said: { deletionStrategy: UNKNOWN, shutdownAfterJobFinishes: false },
    ends: [false, undefined],
    because: "without a shutdown there is no TTL, whatever the strategy",
  },
];

describe("withDefaults", () => {
  for (const { said, ends, because } of unknowns) {
    it(`fills in ${ends.map(String).join(" and ")} beside ${Object.keys(said).join(", ")}: ${because}`, () => {
      const { shutdownAfterJobFinishes, ttlSecondsAfterFinished } = withDefaults(said);
      assert.deepEqual([shutdownAfterJobFinishes, ttlSecondsAfterFinished], ends);
    });
  }

  it("leaves what is said", () => {
    const said = { shutdownAfterJobFinishes: true, ttlSecondsAfterFinished: 0, preRunningDeadlineSeconds: 5 };
    assert.deepEqual(withDefaults(said), said);
  });
});

describe("isGiven", () => {
  const values: { value: Value | undefined; given: boolean }[] = [
    { value: undefined, given: false },
    { value: null, given: false },
    { value: "", given: false },
    { value: [], given: false },
    { value: {}, given: false },
    { value: { a: null }, given: false },
    { value: 0, given: true },
    { value: false, given: true },
    { value: UNKNOWN, given: true },
    { value: { emptyDir: {} }, given: true },
    { value: [null], given: true },
  ];
  for (const { value, given } of values)
    it(`is ${given} of ${value === UNKNOWN ? "an unknown value" : JSON.stringify(value)}`, () =>
      assert.equal(isGiven(value), given));
});

describe("defaultedOf", () => {
  const cases: { said: PropertyMap; names: string[] }[] = [
    { said: {}, names: ["shutdownAfterJobFinishes", "ttlSecondsAfterFinished", "preRunningDeadlineSeconds"] },
    { said: { preRunningDeadlineSeconds: 60, ttlSecondsAfterFinished: 0 }, names: ["shutdownAfterJobFinishes"] },
    { said: { existingCluster: "shared" }, names: ["preRunningDeadlineSeconds"] },
  ];
  for (const { said, names } of cases) {
    it(`names ${names.join(", ")} where ${JSON.stringify(said)} is said`, () => {
      assert.deepEqual(defaultedOf(said), names);
    });
  }
});
