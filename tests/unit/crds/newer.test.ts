import assert from "node:assert/strict";
import type { Crd } from "../../../provider/crds/crd.ts";
import { fieldsLostBy, newerThan } from "../../../provider/crds/newer.ts";
import type { KubeRayVersion } from "../../../provider/crds/release.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { aCrd } from "./aCrd.ts";

const signs: { version: KubeRayVersion; live: Crd[]; signs: string[]; because: string }[] = [
  { version: "1.6.2", live: [], signs: [], because: "there is nothing" },
  {
    version: "1.6.2",
    live: [aCrd("rayjobs.ray.io").ofKubeRay("1.5.1"), aCrd("rayclusters.ray.io").ofKubeRay("1.6.2")],
    signs: [],
    because: "older ones are updated",
  },
  {
    version: "1.6.2",
    live: [aCrd("rayjobs.ray.io").ofKubeRay("1.7.0")],
    signs: ["rayjobs.ray.io is of KubeRay 1.7.0"],
    because: "this package has said so",
  },
  {
    version: "1.6.2",
    live: [aCrd("rayjobs.ray.io").ofKubeRay("1.10.0")],
    signs: ["rayjobs.ray.io is of KubeRay 1.10.0"],
    because: "a later version of this package may have installed it",
  },
  { version: "1.5.1", live: [aCrd("rayjobs.ray.io")], signs: [], because: "Helm does not say of which version it is" },
  {
    version: "1.5.1",
    live: [aCrd("raycronjobs.ray.io")],
    signs: ["raycronjobs.ray.io is there, which KubeRay 1.5.1 does not have"],
    because: "it has come with a later one",
  },
];

describe("newerThan", () => {
  for (const { version, live, signs: expected, because } of signs) {
    it(`says ${JSON.stringify(expected)} for ${version}: ${because}`, () => {
      assert.deepEqual(newerThan(version, live), expected);
    });
  }
});

const text = { type: "string" };
const object = (properties: PropertyMap) => ({ type: "object", properties });
const list = (items: PropertyMap) => ({ type: "array", items });

const losses: { live: PropertyMap; wanted: PropertyMap; lost: string[]; because: string }[] = [
  { live: { a: text }, wanted: { a: text, b: text }, lost: [], because: "only something is added" },
  { live: { a: text, b: text }, wanted: { a: text }, lost: ["b"], because: "a field is missing" },
  {
    live: { spec: object({ groups: list(object({ priority: text })) }) },
    wanted: { spec: object({ groups: list(object({})) }) },
    lost: ["spec.groups[].priority"],
    because: "one inside a list is missing",
  },
  {
    live: { spec: object({ storage: object({ size: text, mode: text }) }) },
    wanted: { spec: object({}) },
    lost: ["spec.storage"],
    because: "what is in a missing one needs no mention",
  },
  {
    live: { template: object({ spec: object({ workloadRef: text }) }) },
    wanted: { template: object({ spec: object({}) }) },
    lost: [],
    because: "Kubernetes' own fields come and go with its version",
  },
  { live: { template: object({}) }, wanted: {}, lost: ["template"], because: "the pod template itself is KubeRay's" },
];

describe("fieldsLostBy", () => {
  for (const { live, wanted, lost, because } of losses) {
    it(`finds ${JSON.stringify(lost)}: ${because}`, () => {
      assert.deepEqual(fieldsLostBy(aCrd("rayjobs.ray.io").with(live), aCrd("rayjobs.ray.io").with(wanted)), lost);
    });
  }

  it("finds a version that is missing, whose objects could not be read any more", () => {
    const live = aCrd("rayjobs.ray.io").with({}, "v1").with({}, "v2");
    assert.deepEqual(fieldsLostBy(live, aCrd("rayjobs.ray.io").with({}, "v1")), ["version v2"]);
  });

  it("says a field once that several versions have", () => {
    const live = aCrd("rayjobs.ray.io").with({ a: text }, "v1").with({ a: text }, "v1alpha1");
    const wanted = aCrd("rayjobs.ray.io").with({}, "v1").with({}, "v1alpha1");
    assert.deepEqual(fieldsLostBy(live, wanted), ["a"]);
  });
});
