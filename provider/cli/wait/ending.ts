import { importedInputsOf } from "../../job/live.ts";
import { outputsOf, runNames } from "../../job/outputs.ts";
import type { RayJob } from "../../job/rayJob.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { ExitCode } from "../exit.ts";

/** How a wait has ended, with the RayJob as it was seen last, if it was. */
export interface Ending {
  readonly outcome: keyof typeof exitCodes;
  readonly rayJob?: RayJob;
  /** Why it is not what was asked for, for people. */
  readonly error?: string;
}

export function exitCodeOf({ outcome }: Ending): ExitCode {
  return exitCodes[outcome];
}

const exitCodes = {
  /** It is what was waited for. */
  reached: 0,
  /** It has failed, or was stopped. */
  failed: 1,
  /** It was deleted, or replaced by another of the same name. */
  gone: 1,
  timedOut: 1,
  /** Nobody knows: it was not to be found, or the cluster could not be asked. */
  unknown: 2,
} as const satisfies Record<string, ExitCode>;

/** The ending for machines: the outcome and, under the names of a `RayJob` resource's outputs, what has become of the job. */
export function resultOf({ outcome, rayJob, error }: Ending): PropertyMap {
  return { outcome, ...(error === undefined ? {} : { error }), ...(rayJob ? runOf(rayJob) : {}) };
}

function runOf(rayJob: RayJob): PropertyMap {
  const outputs = outputsOf(importedInputsOf(rayJob), rayJob);
  return Object.fromEntries(
    runNames.filter((name) => outputs[name] !== undefined).map((name) => [name, outputs[name]]),
  );
}
