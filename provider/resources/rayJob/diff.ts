import { announcementOf } from "../../job/announcement.ts";
import { changesBetween } from "../../job/changes.ts";
import { withoutGeneratedName } from "../../job/generatedName.ts";
import { type Owed, owedOf } from "../../job/owed.ts";
import type { DiffRequest, DiffResult, PropertyChange } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import { appliedInputsOf } from "./state.ts";

/** Says what a deployment does: nothing, an update that does not re-run the job, or a re-run, and what causes it. */
export async function diff({ urn, name, oldInputs, oldOutputs, newInputs }: DiffRequest): Promise<DiffResult> {
  const found = changesBetween(appliedInputsOf(oldInputs, oldOutputs), newInputs);
  const changes = withoutGeneratedName(found, { urn, name }, newInputs);
  const owed = owedOf(oldOutputs, newInputs);
  const said = changes.map(
    ({ path, kind, class: change }): PropertyChange => ({ path, kind, replaces: change === "rerun", of: "inputs" }),
  );
  return {
    changes: [...said, ...shown(owed, oldOutputs).filter(({ replaces }) => !isShownBy(said, replaces))],
    // Two runs of one job at once would fight for its GPUs, its claims and its name.
    deleteBeforeReplace: true,
    announcement: announcementOf(changes, owed, newInputs),
  };
}

/** Whether the arguments' changes have the same effect: then they are all that there is to see. */
function isShownBy(said: readonly PropertyChange[], replaces: boolean): boolean {
  return said.some((change) => change.replaces || !replaces);
}

/** What is owed, as a change of the output in which one sees why. */
function shown(owed: Owed, { jobStatus }: PropertyMap): PropertyChange[] {
  switch (owed.kind) {
    case "nothing":
      return [];
    case "gone":
      return [{ path: ["phase"], kind: "delete", replaces: true, of: "outputs" }];
    case "failed": {
      const path = jobStatus === "FAILED" || jobStatus === "STOPPED" ? "jobStatus" : "phase";
      return [{ path: [path], kind: "delete", replaces: owed.reruns, of: "outputs" }];
    }
    case "unfinished":
      return [{ path: ["phase"], kind: "update", replaces: false, of: "outputs" }];
    default:
      return owed satisfies never;
  }
}
