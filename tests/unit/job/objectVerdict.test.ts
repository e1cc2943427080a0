import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { verdictOn } from "../../../provider/job/objectVerdict.ts";
import type { KubeRayFields } from "../../../provider/job/spec/fields.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

const fields: KubeRayFields = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve("#kuberay-fields.json")), "utf8"),
);

describe("an object of whatever kind", () => {
  const versions: readonly (readonly [apiVersion: string | null, found: readonly string[]])[] = [
    ["ray.io/v1", []],
    ["ray.io/v1alpha1", ['warning RJ005: "ray.io/v1alpha1" is deprecated']],
    ["ray.io/v2", ['error RJ005: KubeRay does not know "ray.io/v2"']],
    ["ray.io", ['error RJ005: KubeRay does not know "ray.io"']],
    ["rayjob.ray.io/v1", ['error RJ005: KubeRay does not know "rayjob.ray.io/v1"']],
    [null, ['error RJ005: "apiVersion" is missing']],
    ["", ['error RJ005: "apiVersion" is missing']],
  ];
  for (const [apiVersion, found] of versions) {
    it(`is a RayJob if it says so, also one of ${JSON.stringify(apiVersion)}`, () => {
      assert.deepEqual(verdict(apiVersion, "RayJob", spec()), { isJudged: true, found });
    });
  }

  for (const apiVersion of [null, "ray.io", "batch/v1"]) {
    it(`is a RayCronJob if it says so, also one of ${JSON.stringify(apiVersion)}`, () => {
      const { isJudged, found } = verdict(apiVersion, "RayCronJob", { schedule: "@daily", jobTemplate: spec() });
      assert(isJudged);
      assert.equal(found.length, 1);
      assert.match(found[0] ?? "", /^error RJ005: /);
    });
  }

  it("is told where Ray has no such kind, and left alone where it is of somebody else", () => {
    assert.deepEqual(verdict("ray.io/v1", "Rayjob", {}), {
      isJudged: false,
      found: ['warning RJ006: There is no kind "Rayjob" in ray.io/v1: nothing of this object is looked at'],
    });
    assert.deepEqual(verdict("ray.io/v1", "RayCluster", {}), { isJudged: false, found: [] });
    assert.deepEqual(verdict("batch/v1", "CronJob", {}), { isJudged: false, found: [] });
    assert.deepEqual(verdict(null, "Rayjob", {}), { isJudged: false, found: [] });
  });
});

function verdict(apiVersion: string | null, kind: string, ofSpec: PropertyMap) {
  const object = { apiVersion, kind, metadata: { name: "train" }, spec: ofSpec };
  const { isJudged, findings } = verdictOn(object, { fields });
  return { isJudged, found: findings.map(({ severity, code, problem }) => `${severity} ${code}: ${problem}`) };
}

function spec(): PropertyMap {
  const { entrypoint, rayClusterSpec } = aJob();
  return { entrypoint, rayClusterSpec, shutdownAfterJobFinishes: true, activeDeadlineSeconds: 3600 };
}
