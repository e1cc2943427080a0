import assert from "node:assert/strict";
import { type Stage, stageForEach } from "../support/stage.ts";
import { jobProgram } from "./programs.ts";

/** A new stage for each test of the suite, with a job that was submitted and is not waited for. */
export function submittedJobForEach(prefix: string, enter: (stage: Stage, name: string) => void): void {
  let stage: Stage;

  stageForEach(
    prefix,
    (namespace) => jobProgram(namespace, { waitFor: "none" }),
    (raised) => {
      stage = raised;
    },
  );

  beforeEach(async () => {
    assert((await stage.rig.up()).succeeded);
    enter(stage, (await stage.namespace.until(() => true)).metadata.name);
  });
}
