import assert from "node:assert/strict";
import { rayJobComponentFindings } from "../../../provider/components/rayJobComponentRules.ts";
import { formatPath } from "../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";

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
];

describe("the rules of a component", () => {
  for (const { args, refused } of cases) {
    it(`refuse ${refused.join(" and ") || "nothing"} of ${JSON.stringify(args)}`, () => {
      const found = rayJobComponentFindings(args).map(({ path, code }) => `${formatPath(path)} ${code}`);
      assert.deepEqual(found, refused);
    });
  }
});
