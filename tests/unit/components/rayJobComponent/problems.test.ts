import assert from "node:assert/strict";
import { secret } from "@pulumi/pulumi";
import { Argument, argumentsOf } from "../../../../provider/components/argument.ts";
import { rayJobComponentProblems } from "../../../../provider/components/rayJobComponent/problems.ts";
import { type PropertyMap, UNKNOWN } from "../../../../provider/values/value.ts";

const oidcProviderArn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
const mountPath = "/data";

const cases: { args: PropertyMap; refused: string[] }[] = [
  { args: {}, refused: [] },
  { args: { bucket: { bucketName: "a" }, existingBucket: "b" }, refused: ["existingBucket RJ901"] },
  { args: { bucket: { bucketName: "a" } }, refused: [] },
  { args: { existingBucket: UNKNOWN }, refused: [] },
  { args: { serviceAccount: { name: "a" }, existingServiceAccount: "b" }, refused: ["existingServiceAccount RJ902"] },
  { args: { volumes: { data: { mountPath } } }, refused: ["volumes.data.size RJ903"] },
  { args: { volumes: { data: { mountPath, size: "1Gi" } } }, refused: [] },
  { args: { volumes: { data: { mountPath, size: UNKNOWN } } }, refused: [] },
  { args: { volumes: { data: { mountPath, existingClaim: "a" } } }, refused: [] },
  {
    args: { volumes: { data: { mountPath, existingClaim: "a", size: "1Gi", storageClassName: "fast" } } },
    refused: ["volumes.data.size RJ904", "volumes.data.storageClassName RJ904"],
  },
  { args: { volumes: { data: { mountPath, existingClaim: UNKNOWN, size: "1Gi" } } }, refused: [] },
  { args: { volumes: UNKNOWN }, refused: [] },
  { args: { volumes: { my_data: { mountPath, size: "1Gi" } } }, refused: ["volumes.my_data RJ907"] },
  { args: { volumes: { data: { mountPath: "data", size: "1Gi" } } }, refused: ["volumes.data.mountPath RJ908"] },
  { args: { volumes: { data: { mountPath: UNKNOWN, size: "1Gi" } } }, refused: [] },
  { args: { namespace: "kube-system" }, refused: ["namespace RJ905"] },
  { args: { namespace: "kube-system", createNamespace: false }, refused: [] },
  { args: { namespace: "kuberay-system" }, refused: ["namespace RJ905"] },
  { args: { namespace: "kuberay-system", operator: { install: false } }, refused: [] },
  { args: { namespace: "ray", operator: { namespace: "ray" } }, refused: ["namespace RJ905"] },
  {
    args: { operator: { values: { featureGates: [{ name: "RayClusterMTLS", enabled: true }] } } },
    refused: ["operator.values.featureGates[0].name RJ912"],
  },
  {
    args: { operator: { version: "1.7.0", values: { featureGates: [{ name: "RayClusterMTLS", enabled: true }] } } },
    refused: [],
  },
  { args: { operator: { version: UNKNOWN, values: UNKNOWN } }, refused: [] },
  { args: { bucket: { reader: { oidcProviderArn } } }, refused: ["bucket.reader.serviceAccounts RJ906"] },
  { args: { bucket: { reader: { oidcProviderArn } }, serviceAccount: {} }, refused: [] },
  { args: { bucket: { reader: { oidcProviderArn, serviceAccounts: ["ml/ray"] } } }, refused: [] },
  {
    args: { bucket: { reader: { oidcProviderArn, podIdentity: { clusterName: "ml" } } }, serviceAccount: {} },
    refused: ["bucket.reader RJ926"],
  },
  { args: { bucket: { prefix: "/code" } }, refused: ["bucket.prefix RJ924"] },
  { args: { bucket: { expireUnusedAfterDays: 0 } }, refused: ["bucket.expireUnusedAfterDays RJ921"] },
];

describe("the rules of a component", () => {
  for (const { args, refused } of cases) {
    it(`refuse ${refused.join(" and ") || "nothing"} of ${JSON.stringify(args)}`, () => {
      const found = rayJobComponentProblems(args, new Argument(args, args)).map(
        ({ propertyPath, reason }) => `${propertyPath} ${codeIn(reason)}`,
      );
      assert.deepEqual(found, refused);
    });
  }

  it("refuse a secret for the pods of an existing cluster, and for no others", async () => {
    const runtimeEnv = { envVars: { TOKEN: secret("x"), DIR: "/output" } };
    const jobs = { own: { runtimeEnv }, shared: { runtimeEnv, existingCluster: "shared" } };
    const found = problemsOf(await argumentsOf({ jobs }));
    assert.deepEqual(
      found.map(({ propertyPath }) => propertyPath),
      ["jobs.shared.runtimeEnv.envVars.TOKEN"],
    );
  });

  it("refuse a secret variable that has another value in a Secret already", async () => {
    const runtimeEnv = { envVars: { TOKEN: secret("x"), KEY: secret("y") } };
    const jobs = { train: { runtimeEnv, secretEnv: { TOKEN: { name: "hub" }, OTHER: { name: "hub" } } } };
    const found = problemsOf(await argumentsOf({ jobs }));
    assert.deepEqual(
      found.map(({ propertyPath }) => propertyPath),
      ["jobs.train.secretEnv.TOKEN"],
    );
  });
});

function problemsOf(args: Argument) {
  return rayJobComponentProblems(args.value as PropertyMap, args);
}

function codeIn(reason: string): string {
  return /\((RJ\d+)\)$/.exec(reason)?.[1] ?? "";
}
