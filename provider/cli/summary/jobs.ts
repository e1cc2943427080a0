import { listed } from "../../job/listed.ts";
import type { Diagnostic, Preview, Step } from "./preview.ts";

/** What becomes of a job. */
export interface JobEffect {
  readonly name: string;
  /** In words: `runs again`. */
  readonly effect: string;
  /** Which arguments do it, or what has happened; names are in quotes. */
  readonly cause: string;
}

/** The jobs that something is to be done with, in the order of their names. */
export function jobEffects({ steps, diagnostics }: Preview): JobEffect[] {
  const changing = steps.filter((step) => step.type === rayJob && step.op !== "same");
  return changing.map((step) => ({ name: step.name, ...(saidOf(step, diagnostics) ?? effectOf(step)) }));
}

/** The names of the jobs that stay as they are. */
export function unchangedJobs({ steps }: Preview): string[] {
  return steps.filter(({ type, op }) => type === rayJob && op === "same").map(({ name }) => name);
}

export const rayJob = "rayjob:index:RayJob";

/** What the package itself has said in the preview: `train runs again: "entrypoint" changes`. It knows, say, that a job has failed. */
function saidOf({ name, op }: Step, diagnostics: readonly Diagnostic[]) {
  const about = diagnostics.filter((each) => each.type === rayJob && each.name === name && each.severity === "info");
  const sentence = about.map(({ message }) => message.slice(name.length + 1)).find((text) => openings[op]?.test(text));
  if (sentence === undefined) return undefined;
  const end = sentence.indexOf(": ");
  return end < 0
    ? { effect: sentence, cause: "" }
    : { effect: sentence.slice(0, end), cause: sentence.slice(end + ": ".length) };
}

const openings: Readonly<Record<string, RegExp>> = {
  replace: /^(runs|may run) again: /,
  update: /^(is|stays) /,
};

function effectOf({ op, changed }: Step): Omit<JobEffect, "name"> {
  const cause = changed.length === 0 ? "" : `${listed(changed)} ${changed.length > 1 ? "change" : "changes"}`;
  return { effect: effects[op] ?? op, cause };
}

const effects: Readonly<Record<string, string>> = {
  create: "runs for the first time",
  replace: "runs again",
  update: "is updated in place",
  delete: "is stopped and deleted",
  import: "is imported",
  read: "is read",
};
