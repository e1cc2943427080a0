import assert from "node:assert/strict";
import fc from "fast-check";
import { kubernetesNameOf, rayJobNameOf } from "../../../provider/job/names.ts";
import { UNKNOWN } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

const urn = "urn:pulumi:dev::vision::rayjob:index:RayJob::train";
const hash = String(rayJobNameOf({ urn, name: "train" }, aJob())).slice(-8);

const stems: { logicalName: string; stem: string; because: string }[] = [
  { logicalName: "train", stem: "train", because: "it is fit already" },
  { logicalName: "Train_Job.v2", stem: "train-job-v2", because: "Kubernetes takes lower case and dashes" },
  { logicalName: "--a--b--", stem: "a-b", because: "dashes are not doubled, nor at an end" },
  { logicalName: "3d-model", stem: "job-3d-model", because: "a letter comes first" },
  { logicalName: "Résumé", stem: "resume", because: "a letter keeps its base" },
  { logicalName: "학습", stem: "job", because: "nothing of it can be kept" },
  { logicalName: "a".repeat(80), stem: "a".repeat(38), because: "the hash is kept whole within 47 characters" },
  { logicalName: `${"a".repeat(37)}-b`, stem: "a".repeat(37), because: "a cut leaves no dash at the end" },
];

describe("rayJobNameOf", () => {
  it("is a name that KubeRay takes and that ends in the same hash, whatever the resource is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (logicalName) => {
        const name = rayJobNameOf({ urn, name: logicalName }, aJob());
        assert.ok(typeof name === "string");
        assert.match(name, /^[a-z](-?[a-z0-9])*$/);
        assert.ok(name.length <= 47 && name.endsWith(`-${hash}`));
      }),
    );
  });

  for (const { logicalName, stem, because } of stems) {
    it(`makes "${stem}" of "${logicalName}": ${because}`, () => {
      assert.equal(rayJobNameOf({ urn, name: logicalName }, aJob()), `${stem}-${hash}`);
    });
  }

  it("is unknown as long as something that the job computes with is", () => {
    assert.equal(rayJobNameOf({ urn, name: "train" }, aJob({ runtimeEnv: { workingDir: UNKNOWN } })), UNKNOWN);
    assert.equal(rayJobNameOf({ urn, name: "train" }, aJob({ namespace: UNKNOWN })), UNKNOWN);
    assert.equal(rayJobNameOf({ urn, name: "train" }, aJob({ submissionMode: UNKNOWN })), UNKNOWN);
  });

  it("is known when only something else is unknown", () => {
    const inputs = aJob({ labels: { a: UNKNOWN }, backoffLimit: UNKNOWN, deletionStrategy: UNKNOWN });
    assert.equal(rayJobNameOf({ urn, name: "train" }, inputs), `train-${hash}`);
  });

  it("changes with what the job computes with, and with nothing else", () => {
    assert.match(hash, /^[0-9a-f]{8}$/);
    assert.notEqual(rayJobNameOf({ urn, name: "train" }, aJob({ entrypoint: "python other.py" })), `train-${hash}`);
    assert.equal(rayJobNameOf({ urn, name: "train" }, aJob({ ttlSecondsAfterFinished: 5 })), `train-${hash}`);
  });

  it("tells the equal jobs of two stacks apart", () => {
    const other = urn.replace("dev", "production");
    assert.notEqual(rayJobNameOf({ urn: other, name: "train" }, aJob()), `train-${hash}`);
  });
});

describe("kubernetesNameOf", () => {
  for (const name of ["training-train-env", "a.b-env", "3d"]) {
    it(`leaves ${name} as it is`, () => assert.equal(kubernetesNameOf(name), name));
  }

  for (const name of ["Training-my_job-env", "a..b", "a-.b", "-a", "é"]) {
    it(`makes of ${name} one like it that Kubernetes takes`, () => {
      assert.match(kubernetesNameOf(name), /^[a-z][a-z0-9-]*-[0-9a-f]{8}$/);
    });
  }

  it("makes no two names one", () => {
    assert.match(kubernetesNameOf("my_job"), /^my-job-/);
    assert.notEqual(kubernetesNameOf("my_job"), kubernetesNameOf("my.job_"));
    assert.notEqual(kubernetesNameOf("my_job"), kubernetesNameOf("my job"));
  });
});
