import assert from "node:assert/strict";
import { acceptanceOf } from "../../../provider/crds/acceptance.ts";
import type { Condition } from "../../../provider/crds/crd.ts";
import { aCrd } from "./aCrd.ts";

const accepted: Condition = { type: "NamesAccepted", status: "True" };
const refused: Condition = { type: "NamesAccepted", status: "False", message: '"RayJob" is already in use' };
const established: Condition = { type: "Established", status: "True" };

const cases: { conditions: Condition[]; acceptance: object; because: string }[] = [
  { conditions: [], acceptance: { state: "pending" }, because: "the API server has not looked at it yet" },
  { conditions: [accepted], acceptance: { state: "pending" }, because: "it is not served yet" },
  {
    conditions: [accepted, { ...established, status: "False" }],
    acceptance: { state: "pending" },
    because: "it is about to be",
  },
  { conditions: [established, accepted], acceptance: { state: "served" }, because: "both hold" },
  {
    conditions: [refused, established],
    acceptance: { state: "refused", because: '"RayJob" is already in use' },
    because: "a CRD that was served before may lose a name",
  },
];

describe("acceptanceOf", () => {
  for (const { conditions, acceptance, because } of cases) {
    it(`gives ${JSON.stringify(acceptance)}: ${because}`, () => {
      assert.deepEqual(acceptanceOf(aCrd("rayjobs.ray.io").having(...conditions)), acceptance);
    });
  }
});
