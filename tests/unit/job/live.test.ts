import assert from "node:assert/strict";
import fc from "fast-check";
import { changesBetween } from "../../../provider/job/changes.ts";
import { driftedInputsOf, importedInputsOf } from "../../../provider/job/live.ts";
import { specOf } from "../../../provider/job/manifest.ts";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { mergedBy } from "../../../provider/values/mergePatch.ts";
import type { PropertyMap, Value } from "../../../provider/values/value.ts";
import { aJob, someInputs } from "./aJob.ts";

const rule = { policy: "DeleteCluster", condition: { jobStatus: "SUCCEEDED" } };
const otherRule = { policy: "DeleteWorkers", condition: { jobStatus: "FAILED", ttlSeconds: 60 } };

const drifts: { said?: PropertyMap; edit: PropertyMap; inputs: PropertyMap; because: string }[] = [
  { edit: { backoffLimit: 5 }, inputs: { backoffLimit: 5 }, because: "KubeRay retries as often" },
  {
    said: { backoffLimit: 5 },
    edit: { backoffLimit: 0 },
    inputs: { backoffLimit: 0 },
    because: "KubeRay retries no more",
  },
  {
    said: { suspend: true },
    edit: { suspend: null },
    inputs: { suspend: null },
    because: "somebody has let the job go",
  },
  { edit: { ttlSecondsAfterFinished: 0 }, inputs: { ttlSecondsAfterFinished: 0 }, because: "our 60 s are gone" },
  { edit: { entrypoint: "python edited.py" }, inputs: {}, because: "KubeRay disregards it" },
  { edit: { preRunningDeadlineSeconds: null }, inputs: {}, because: "an older CRD does not know our default" },
  {
    said: { deletionStrategy: { deletionRules: [rule, otherRule] } },
    edit: { deletionStrategy: { deletionRules: [rule] } },
    inputs: { deletionStrategy: { deletionRules: [rule] } },
    because: "a rule is gone",
  },
];

describe("driftedInputsOf", () => {
  it("finds the arguments as they are in what the API server stores of them, with the CRD's defaults in it", () => {
    fc.assert(
      fc.property(someInputs, (inputs) => {
        assert.deepEqual(driftedInputsOf(inputs, stored(inputs)), inputs);
      }),
    );
  });

  it("takes the CRD's default for the time of a deletion rule for none said", () => {
    const inputs = aJob({ deletionStrategy: { deletionRules: [rule, otherRule] } });
    const found = stored(inputs);
    const { deletionRules } = found.spec.deletionStrategy as { readonly deletionRules: readonly Value[] };
    assert.deepEqual(deletionRules[0], { ...rule, condition: { ...rule.condition, ttlSeconds: 0 } });
    assert.deepEqual(driftedInputsOf(inputs, found), inputs);
  });

  for (const { said, edit, inputs, because } of drifts) {
    it(`finds ${JSON.stringify(inputs)} after an edit of ${JSON.stringify(edit)}: ${because}`, () => {
      const before = aJob(said);
      const rayJob = stored(before);
      const edited = { ...rayJob, spec: mergedBy(rayJob.spec, edit) as PropertyMap };
      assert.deepEqual(driftedInputsOf(before, edited), aJob({ ...said, ...inputs }));
    });
  }

  it("leaves to Kueue what is Kueue's", () => {
    const inputs = aJob({ labels: { "kueue.x-k8s.io/queue-name": "gpus" } });
    const rayJob = stored(inputs);
    assert.deepEqual(driftedInputsOf(inputs, { ...rayJob, spec: { ...rayJob.spec, suspend: true } }), inputs);
  });
});

describe("importedInputsOf", () => {
  it("says what this package would have to be told to make the same job", () => {
    const { name, namespace, ...said } = aJob({ shutdownAfterJobFinishes: false, preRunningDeadlineSeconds: 60 });
    const rayJob = stored({ name, namespace, ...said });
    const imported = importedInputsOf({ ...rayJob, metadata: { ...rayJob.metadata, name: String(name) } });
    assert.deepEqual(changesBetween(imported, { name, namespace, ...said }), []);
  });
});

/** What the API server stores of a job: CRD of KubeRay 1.6.2. */
function stored(inputs: PropertyMap): RayJob {
  const { labels = {} } = inputs as { readonly labels?: Readonly<Record<string, string>> };
  const metadata = { name: "train", namespace: "ml", uid: "1", resourceVersion: "1", creationTimestamp: "", labels };
  const spec: PropertyMap = {
    backoffLimit: 0,
    submissionMode: "K8sJobMode",
    ttlSecondsAfterFinished: 0,
    ...specOf(inputs),
  };
  return { apiVersion: "ray.io/v1", kind: "RayJob", metadata, spec: filled(spec) as PropertyMap };
}

function filled({ deletionStrategy, ...spec }: PropertyMap): PropertyMap {
  const { deletionRules, ...legacy } = (deletionStrategy ?? {}) as { readonly deletionRules?: readonly PropertyMap[] };
  if (deletionRules === undefined) return deletionStrategy === undefined ? spec : { ...spec, deletionStrategy };
  const rules = deletionRules.map(({ condition, ...rest }) => ({
    ...rest,
    ...(condition === undefined ? {} : { condition: { ttlSeconds: 0, ...(condition as PropertyMap) } }),
  }));
  return { ...spec, deletionStrategy: { ...legacy, deletionRules: rules } };
}
