import assert from "node:assert/strict";
import { findingsOf } from "../../../provider/job/findings.ts";
import { rules } from "../../../provider/job/rules/validate.ts";
import { rayJobKnowledge } from "../../../provider/schema/packageSchema.ts";
import { formatPath } from "../../../provider/values/path.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

describe("findingsOf", () => {
  const cases: { said: PropertyMap; found: string[]; because: string }[] = [
    {
      said: { rayClusterSpec: { headGroupSpec: {} } },
      found: ["rayClusterSpec.headGroupSpec.template RJ003"],
      because: "a template that is missing has no containers that are",
    },
    {
      said: { deletionStrategy: { deletionRules: [{ condition: { jobStatus: "SUCCEEDED" } }] } },
      found: ["deletionStrategy.deletionRules[0].policy RJ003", "deletionStrategy.deletionRules RJ423"],
      because: "what is missing is no unknown policy, and what is wrong elsewhere is told as well",
    },
    {
      said: { preRunningDeadlineSeconds: 0, kubeRayVersion: "1.5.1", activeDeadlineSeconds: 60 },
      found: ["preRunningDeadlineSeconds RJ004"],
      because: "it does not matter how long a deadline is that does not exist",
    },
    {
      said: { rayClusterSpec: null, image: "ray:1", head: { memory: "16 GB" } },
      found: ["head.memory RJ361"],
      because: "what the short form says is judged where it is said",
    },
  ];
  for (const { said, found, because } of cases) {
    it(`finds ${found.join(", ")}: ${because}`, async () => {
      const findings = findingsOf(aJob(said), await rayJobKnowledge());
      assert.deepEqual(
        findings.map(({ path, code }) => `${formatPath(path)} ${code}`),
        found,
      );
    });
  }

  it("tells the mistake in each rule's example once", async () => {
    for (const { code, refused } of rules) {
      const findings = findingsOf(aJob(refused), await rayJobKnowledge());
      // Whatever is encrypted comes with a word on cert-manager.
      const told = findings.map((finding) => finding.code).filter((each) => each === code || each !== "RJ386");
      assert.deepEqual(told, [code]);
    }
  });
});
