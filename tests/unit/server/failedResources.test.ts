import assert from "node:assert/strict";
import { isOfFailedResource } from "../../../provider/server/failedResources.ts";

const reasons: { reason: unknown; is: boolean; because: string }[] = [
  {
    reason: new Error("resource train-bad [rayjob:index:RayJob] failed to register"),
    is: true,
    because: "an output of a job that has failed",
  },
  {
    reason: new Error(
      'error serializing property "uri": resource my code [rayjob:index:WorkingDir] failed to register',
    ),
    is: true,
    because: "what is made of it",
  },
  {
    reason: new Error(
      "failed to register new resource a [kubernetes:helm.sh/v4:Chart]: 2 UNKNOWN: resource monitor shut down",
    ),
    is: true,
    because: "one that comes after a failure",
  },
  {
    reason: new Error("failed to register new resource a [t]: 2 UNKNOWN: resource b [u] failed to register"),
    is: false,
    because: "the engine tells of a failure of its own",
  },
  {
    reason: new Error("failed to register new resource a [t]: 14 UNAVAILABLE"),
    is: false,
    because: "the engine is gone",
  },
  { reason: new TypeError("x is not a function"), is: false, because: "a defect" },
  { reason: "resource a [t] failed to register", is: false, because: "nobody throws texts" },
];

describe("isOfFailedResource", () => {
  for (const { reason, is, because } of reasons) {
    it(`says ${is} of ${reason}: ${because}`, () => assert.equal(isOfFailedResource(reason), is));
  }
});
