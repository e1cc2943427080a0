import assert from "node:assert/strict";
import { cancelledPhase, gonePhase } from "../../../provider/job/owed.ts";
import { lineOf } from "../../../provider/job/report.ts";
import { phaseOf, verdictOf } from "../../../provider/job/verdict.ts";
import { Page } from "../../support/page.ts";
import { deploymentStatuses, pairs, reasons } from "../../support/verdictTable.ts";

const page = await Page.read("docs/what-happens-when.md");

describe("the page on what happens when", () => {
  it("has each word of `phase`, and what the row says then", () => {
    const rows = page.rowsBelow("What `phase` means").map(([phase = "", row = ""]) => [phase, row] as const);
    const known = pairs.map(({ kubeRay, ray: [jobStatus = ""] }) => {
      const verdict = verdictOf({ jobDeploymentStatus: kubeRay, jobStatus });
      return [`\`${phaseOf(verdict)}\``, `\`${lineOf({ kind: "seen", verdict }).replaceAll("`", "")}\``] as const;
    });
    const said = new Map(rows.filter(([phase]) => phase.startsWith("`") && phase !== "`phase`"));
    for (const phase of [gonePhase, cancelledPhase]) assert(said.delete(`\`${phase}\``), phase);
    assert.deepEqual([...said].sort(), [...new Map(known)].sort());
  });

  it("has each `reason`", () => {
    const said = page.rowsBelow("What `reason` means").map(([reason = ""]) => reason.replaceAll("`", ""));
    const implied = deploymentStatuses.map((jobDeploymentStatus) => verdictOf({ jobDeploymentStatus }).reason);
    const known = [...reasons, ...implied].filter(Boolean);
    assert.deepEqual(said.filter((reason) => reason !== "reason").sort(), [...new Set(known)].sort());
  });
});
