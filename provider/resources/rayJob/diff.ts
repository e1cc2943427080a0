import { waitForOf } from "../../job/args.ts";
import { changesBetween } from "../../job/changes.ts";
import { statusOf } from "../../job/outputs.ts";
import { isFailure, reached, verdictOf } from "../../job/verdict.ts";
import type { DiffRequest, DiffResult, PropertyChange } from "../../server/customResource.ts";
import { type PropertyMap, UNKNOWN } from "../../values/value.ts";
import { appliedInputsOf, isLost } from "./state.ts";

/** Says what a deployment does: nothing, an update that does not re-run the job, or a re-run, and what causes it. */
export async function diff({ oldInputs, oldOutputs, newInputs }: DiffRequest): Promise<DiffResult> {
  const said = changesBetween(appliedInputsOf(oldInputs, oldOutputs), newInputs).map(
    ({ path, kind, class: change }): PropertyChange => ({ path, kind, replaces: change === "rerun", of: "inputs" }),
  );
  return {
    changes: [...said, ...owed(oldOutputs, newInputs)],
    // Two runs of one job at once would fight for its GPUs, its claims and its name.
    deleteBeforeReplace: true,
  };
}

/** What the last deployment has left to do: to run a failed job again, or to wait on for one that has not got far enough. */
function owed(oldOutputs: PropertyMap, newInputs: PropertyMap): PropertyChange[] {
  if (isLost(oldOutputs)) return [{ path: ["phase"], kind: "delete", replaces: true, of: "outputs" }];
  const verdict = verdictOf(statusOf(oldOutputs));
  if (isFailure(verdict)) {
    const path = oldOutputs.jobStatus === "FAILED" || oldOutputs.jobStatus === "STOPPED" ? "jobStatus" : "phase";
    return [{ path: [path], kind: "delete", replaces: newInputs.rerunFailed !== false, of: "outputs" }];
  }
  // Where nobody knows yet what is waited for, that itself is shown as the change.
  if (newInputs.waitFor === UNKNOWN || reached(verdict, waitForOf(newInputs))) return [];
  return [{ path: ["phase"], kind: "update", replaces: false, of: "outputs" }];
}
