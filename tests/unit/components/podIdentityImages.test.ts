import assert from "node:assert/strict";
import { podIdentityWarnings } from "../../../provider/components/podIdentityImages.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";

const podIdentity = { reader: { podIdentity: { clusterName: "ml" } } };
const code = { workingDir: "./train" };

const cases: { bucket?: PropertyMap; job: PropertyMap; warned: string[]; because: string }[] = [
  { job: jobOf("rayproject/ray:2.9.0"), warned: ["rayproject/ray:2.9.0"], because: "it is Ray's own" },
  { job: jobOf("rayproject/ray"), warned: ["rayproject/ray"], because: "it is Ray's own" },
  {
    job: jobOf("docker.io/rayproject/ray-ml:2.9.0-gpu"),
    warned: ["docker.io/rayproject/ray-ml:2.9.0-gpu"],
    because: "so",
  },
  {
    job: jobOf("a.example.com/rayproject/ray@sha256:1"),
    warned: ["a.example.com/rayproject/ray@sha256:1"],
    because: "so",
  },
  { job: jobOf("example/ray:2.9.0"), warned: [], because: "somebody else has made it" },
  { job: jobOf("rayproject/rayon:1"), warned: [], because: "it has nothing to do with Ray" },
  {
    job: jobOf("example/ray:2", "rayproject/ray:2.9.0"),
    warned: ["rayproject/ray:2.9.0"],
    because: "workers read the code, too",
  },
  { job: jobOf("rayproject/ray:2", "rayproject/ray:2"), warned: ["rayproject/ray:2"], because: "once is enough" },
  {
    job: { ...jobOf("rayproject/ray:2"), runtimeEnv: { workingDir: "s3://code/a.zip" } },
    warned: ["rayproject/ray:2"],
    because: "boto3 reads it",
  },
  {
    job: { ...jobOf("rayproject/ray:2"), runtimeEnv: { workingDir: "https://example.com/a.zip" } },
    warned: [],
    because: "nobody asks for a role",
  },
  { job: { ...jobOf("rayproject/ray:2"), runtimeEnv: {} }, warned: [], because: "there is no code to read" },
  {
    bucket: { reader: { oidcProviderArn: "arn" } },
    job: jobOf("rayproject/ray:2"),
    warned: [],
    because: "older boto3 knows web identity",
  },
  { bucket: {}, job: jobOf("rayproject/ray:2"), warned: [], because: "no role is made" },
];

describe("jobs with EKS Pod Identity", () => {
  for (const { bucket = podIdentity, job, warned, because } of cases) {
    it(`are warned of ${warned.join() || "nothing"} with ${JSON.stringify({ bucket, job })}: ${because}`, () => {
      const warnings = podIdentityWarnings({ bucket, jobs: { train: job } });
      assert.deepEqual(
        warnings.map((warning) => /^The job "train" uses the image (\S+), whose boto3 .* 1\.34\.41/.exec(warning)?.[1]),
        warned,
      );
    });
  }
});

function jobOf(head: string, worker?: string): PropertyMap {
  const workers = worker === undefined ? [] : [{ groupName: "small", template: podOf(worker) }];
  return {
    runtimeEnv: code,
    rayClusterSpec: { headGroupSpec: { template: podOf(head) }, workerGroupSpecs: workers },
  };
}

function podOf(image: string): PropertyMap {
  return { spec: { containers: [{ name: "ray", image }] } };
}
