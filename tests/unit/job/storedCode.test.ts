import assert from "node:assert/strict";
import { storedCodeOf } from "../../../provider/job/storedCode.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";

const workingDir = "s3://code/working-dirs/abc.zip";
const code = { property: "runtimeEnv.workingDir", uri: workingDir, bucket: "code", key: "working-dirs/abc.zip" };

const cases: { inputs: PropertyMap; stored: object[]; because: string }[] = [
  { inputs: { runtimeEnv: { workingDir } }, stored: [code], because: "the pods ask S3 for it" },
  {
    inputs: { runtimeEnv: { pyModules: ["https://example.com/a.zip", "s3://code/a.whl"] } },
    stored: [{ property: "runtimeEnv.pyModules[1]", uri: "s3://code/a.whl", bucket: "code", key: "a.whl" }],
    because: "so do modules",
  },
  {
    inputs: { runtimeEnv: { workingDir: "s3://code/a.tar.gz" } },
    stored: [{ property: "runtimeEnv.workingDir", uri: "s3://code/a.tar.gz", bucket: "code", key: "a.tar.gz" }],
    because: "so does newer Ray for a tar file",
  },
  { inputs: {}, stored: [], because: "there is no code" },
  { inputs: { runtimeEnv: { workingDir: "https://example.com/a.zip" } }, stored: [], because: "it is not in S3" },
  { inputs: { runtimeEnv: { workingDir: "s3://code/folder" } }, stored: [], because: "it is no object" },
  { inputs: { runtimeEnv: { workingDir: UNKNOWN, pyModules: UNKNOWN } }, stored: [], because: "it is not known" },
  {
    inputs: { runtimeEnv: { workingDir }, rayClusterSpec: clusterWith({ name: "AWS_REGION", value: "eu-west-1" }) },
    stored: [code],
    because: "it is AWS's S3 still",
  },
  ...["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"].map((name) => ({
    inputs: { runtimeEnv: { workingDir }, rayClusterSpec: clusterWith({ name, value: "http://minio:9000" }) },
    stored: [],
    because: "the pods ask a server of their own",
  })),
  {
    inputs: { runtimeEnv: { workingDir }, secretEnv: { AWS_ENDPOINT_URL: { name: "storage" } } },
    stored: [],
    because: "a Secret names it",
  },
  {
    inputs: { runtimeEnv: { workingDir }, secretEnv: { AWS_ACCESS_KEY_ID: { name: "storage" } } },
    stored: [code],
    because: "that names no server",
  },
  {
    inputs: {
      runtimeEnv: { workingDir },
      rayClusterSpec: clusterOf({ envFrom: [{ secretRef: { name: "storage" } }] }),
    },
    stored: [],
    because: "the Secret may name one",
  },
];

describe("the code of a job in S3", () => {
  for (const { inputs, stored, because } of cases) {
    const shown = JSON.stringify(inputs, (_, value) => (value === UNKNOWN ? "unknown" : value));
    it(`is ${stored.length} objects with ${shown}: ${because}`, () => {
      assert.deepEqual(storedCodeOf(inputs), stored);
    });
  }
});

function clusterWith(variable: PropertyMap): PropertyMap {
  return clusterOf({ env: [variable] });
}

function clusterOf(container: PropertyMap): PropertyMap {
  const template = { spec: { containers: [{ name: "ray" }, { name: "other", ...container }] } };
  return { headGroupSpec: {}, workerGroupSpecs: [{ groupName: "small", template }] };
}
