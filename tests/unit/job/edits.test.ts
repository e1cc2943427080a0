import assert from "node:assert/strict";
import fc from "fast-check";
import { editsOf, unnoticedEditsOf } from "../../../provider/job/edits.ts";
import { specOf } from "../../../provider/job/manifest.ts";
import type { RayJob, RayJobStatus } from "../../../provider/job/rayJob.ts";
import { mergedBy } from "../../../provider/values/mergePatch.ts";
import { formatPath } from "../../../provider/values/path.ts";
import { type PropertyMap, valueAt } from "../../../provider/values/value.ts";
import { aJob, someInputs } from "./aJob.ts";

const container = { name: "ray-head", image: "ray" };
const head = (containers: readonly PropertyMap[]) => ({ headGroupSpec: { template: { spec: { containers } } } });

const edits: { edit: PropertyMap; finds: string[]; because: string }[] = [
  { edit: { backoffLimit: 5 }, finds: ["backoffLimit obeyed"], because: "KubeRay retries as often" },
  { edit: { entrypoint: "python x.py" }, finds: ["entrypoint"], because: "the run has begun with another one" },
  {
    edit: { rayClusterSpec: head([{ ...container, image: "other" }]) },
    finds: ["rayClusterSpec.headGroupSpec.template.spec.containers[0].image"],
    because: "the cluster is there",
  },
  {
    edit: { rayClusterSpec: head([{ ...container, env: [{ name: "A", value: "1" }] }]) },
    finds: ["rayClusterSpec.headGroupSpec.template.spec.containers[0].env"],
    because: "what is new counts, too",
  },
  {
    edit: { rayClusterSpec: head([{ ...container, resources: {} }]), submissionMode: "K8sJobMode" },
    finds: [],
    because: "the operator and the CRD write out what is empty and what is a default",
  },
  { edit: { preRunningDeadlineSeconds: null }, finds: [], because: "an older CRD does not know our default" },
];

describe("editsOf", () => {
  for (const { edit, finds, because } of edits) {
    it(`finds ${finds.join(", ") || "nothing"} in ${JSON.stringify(edit)}: ${because}`, () => {
      const found = editsOf(aJob(), edited(edit));
      assert.deepEqual(
        found.map(({ path, isObeyed }) => `${formatPath(path)}${isObeyed ? " obeyed" : ""}`),
        finds,
      );
    });
  }

  it("finds nothing in what was made of the arguments, whatever they are", () => {
    fc.assert(
      fc.property(someInputs, (inputs) =>
        assert.deepEqual(editsOf(inputs, { ...edited({}), spec: specOf(inputs) }), []),
      ),
    );
  });

  it("takes for an edit only what somebody else has written: another version of this package may say the same otherwise", () => {
    const rayJob = edited({ entrypoint: "python x.py" });
    const by = (manager: string) => [{ manager, fieldsV1: { "f:spec": { "f:entrypoint": {} } } }];
    const writtenBy = (manager: string) => ({
      ...rayJob,
      metadata: { ...rayJob.metadata, managedFields: by(manager) },
    });
    assert.deepEqual(editsOf(aJob(), writtenBy("pulumi-rayjob")), []);
    assert.deepEqual(editsOf(aJob(), writtenBy("kuberay-operator")), []);
    assert.equal(editsOf(aJob(), writtenBy("kubectl-edit")).length, 1);
  });

  it("does not take another version of this package's own script for an edit, but what is beside it", () => {
    const inputs = aJob({ stage: { model: { from: "s3://models/a", to: "/model" } } });
    const place = ["rayClusterSpec", "headGroupSpec", "template", "spec", "initContainers", 0];
    const spec = JSON.parse(JSON.stringify(specOf(inputs)));
    const container = valueAt(spec, place) as { command: string[]; image: string };
    container.command[2] = "# the script of another version";
    assert.deepEqual(editsOf(inputs, { ...edited({}), spec }), []);
    container.image = "other";
    assert.deepEqual(
      editsOf(inputs, { ...edited({}), spec }).map(({ path }) => path),
      [[...place, "image"]],
    );
  });

  it("leaves to Kueue where the pods of a job may run, and when", () => {
    const labels = { "kueue.x-k8s.io/queue-name": "gpus" };
    const rayJob = edited({ suspend: true, rayClusterSpec: head([{ ...container, image: "other" }]) });
    assert.deepEqual(editsOf(aJob(), { ...rayJob, metadata: { ...rayJob.metadata, labels } }), []);
  });
});

describe("unnoticedEditsOf", () => {
  const said = (edit: PropertyMap, status?: RayJobStatus) =>
    unnoticedEditsOf(aJob(), { ...edited(edit), ...(status && { status }) }, "RayJob/ml/train");

  it("says what comes of an edit while the job runs", () => {
    assert.equal(
      said({ entrypoint: "python x.py", rayClusterSpec: { rayVersion: "2.9.0" }, backoffLimit: 3 }),
      'Somebody has edited "entrypoint" and "rayClusterSpec.rayVersion" of RayJob/ml/train on the cluster. The attempt that ' +
        "runs goes on without it, but a retry or a resumption would take it up",
    );
  });

  it("says that nothing comes of it once the job is over", () => {
    assert.match(
      said({ entrypoint: "x" }, { jobDeploymentStatus: "Complete", jobStatus: "SUCCEEDED" }) ?? "",
      /The job is over, so nothing comes of it$/,
    );
  });

  it("says nothing of what KubeRay obeys: that is shown as a change", () => {
    assert.equal(said({ backoffLimit: 3 }), undefined);
  });
});

function edited(edit: PropertyMap): RayJob {
  const metadata = { name: "train", namespace: "ml", uid: "1", resourceVersion: "1", creationTimestamp: "" };
  const spec = { backoffLimit: 0, submissionMode: "K8sJobMode", ...specOf(aJob()) };
  return { apiVersion: "ray.io/v1", kind: "RayJob", metadata, spec: mergedBy(spec, edit) as PropertyMap };
}
