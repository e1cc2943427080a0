import assert from "node:assert/strict";
import { rayJobComponentProblems } from "../../../provider/components/rayJobComponentRules.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";

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
  { args: { bucket: { reader: { oidcProviderArn } } }, refused: ["bucket.reader.serviceAccounts RJ906"] },
  { args: { bucket: { reader: { oidcProviderArn } }, serviceAccount: {} }, refused: [] },
  { args: { bucket: { reader: { oidcProviderArn, serviceAccounts: ["ml/ray"] } } }, refused: [] },
  { args: { bucket: { expireUnusedAfterDays: 0 } }, refused: ["bucket.expireUnusedAfterDays "] },
];

describe("the rules of a component", () => {
  for (const { args, refused } of cases) {
    it(`refuse ${refused.join(" and ") || "nothing"} of ${JSON.stringify(args)}`, () => {
      const found = rayJobComponentProblems(args).map(
        ({ propertyPath, reason }) => `${propertyPath} ${codeIn(reason)}`,
      );
      assert.deepEqual(found, refused);
    });
  }
});

function codeIn(reason: string): string {
  return /\((RJ\d+)\)$/.exec(reason)?.[1] ?? "";
}
