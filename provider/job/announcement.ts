import { formatPath, type PropertyPath } from "../values/path.ts";
import { isKnown, type PropertyMap, valueAt } from "../values/value.ts";
import type { Change } from "./changes.ts";
import { listed } from "./listed.ts";
import type { Owed } from "./owed.ts";
import type { Verdict } from "./verdict.ts";

/** What a preview says of a job that is there already, in the two ways in which Pulumi may deal with it: `runs again: …`. */
export interface Announcement {
  readonly replaced: string;
  readonly updated: string;
}

/** Says what comes of the changes and of what the last deployment has left to do. Names arguments, never their values. */
export function announcementOf(changes: readonly Change[], owed: Owed, newInputs: PropertyMap): Announcement {
  return { replaced: whyAgain(changes, owed, newInputs), updated: whatElse(changes, owed, newInputs) };
}

function whyAgain(changes: readonly Change[], owed: Owed, newInputs: PropertyMap): string {
  const reruns = changes.filter((change) => change.class === "rerun");
  const unknown = reruns.filter(({ path }) => !isKnown(valueAt(newInputs, path)));
  const state = stateOf(owed);
  if (state === undefined && reruns.length > 0 && unknown.length === reruns.length) {
    return `may run again: ${listed(namesOf(unknown))} ${unknown.length > 1 ? "are" : "is"} not known yet`;
  }
  const causes = [state, changing(reruns)].filter((cause) => cause !== undefined);
  if (causes.length > 0) return `runs again: ${causes.join(", and ")}`;
  const lost = owed.kind === "unfinished" ? ". Its run, which was not done, is deleted, and begins anew" : "";
  return `runs again: Pulumi replaces the resource, though no argument asks for that${lost}`;
}

function whatElse(changes: readonly Change[], owed: Owed, newInputs: PropertyMap): string {
  if (owed.kind === "failed") {
    const remains = owed.remains === undefined ? "" : `. ${owed.remains}`;
    return `stays ${failureOf(owed.verdict)}: ${staysFailed}${remains}`;
  }
  const inPlace = changes.filter((change) => change.class === "inPlace");
  const turn = inPlace.some(({ path }) => path[0] === "suspend")
    ? turns[String(newInputs.suspend ?? false)]
    : undefined;
  if (turn !== undefined) return turn;
  if (inPlace.length > 0) return `is updated in place, without another run: ${changing(inPlace)}`;
  if (owed.kind === "unfinished") return "is waited for, without another run";
  return `stays as it is on the cluster: only ${changing(changes) ?? "what this package does changes"}`;
}

/** What becomes of a failed job that is not to run again by itself. */
export const staysFailed =
  '"rerunFailed" is false. A change of what it computes with, or of "rerunToken", runs it again';

const turns: Readonly<Record<string, string>> = {
  true: "is suspended: KubeRay deletes its cluster, and the job starts from its beginning when it is resumed",
  false: "is resumed: it starts from its beginning",
};

/** Why a job runs again although its arguments may be the same. */
function stateOf(owed: Owed): string | undefined {
  if (owed.kind === "gone") return owed.cancelled ? stoppedWithDeployment : deletedMeanwhile;
  if (owed.kind !== "failed" || !owed.reruns) return undefined;
  return owed.verdict.state === "stopped" ? "it was stopped" : `it ${failureOf(owed.verdict)}`;
}

const stoppedWithDeployment = "it was stopped when a deployment was cancelled";
const deletedMeanwhile = "it was deleted while a deployment waited for it";

function failureOf({ state, reason }: Verdict): string {
  if (state === "stopped") return "stopped";
  return reason ? `failed (${reason})` : "failed";
}

function changing(changes: readonly Change[]): string | undefined {
  if (changes.length === 0) return undefined;
  const names = namesOf(changes);
  return `${listed(names)} ${names.length > 1 ? "change" : "changes"}`;
}

function namesOf(changes: readonly Change[]): string[] {
  return [...new Set(changes.map(({ path }) => formatPath(isSecretVariable(path) ? path.slice(0, 2) : path)))];
}

/** Which Secret a variable comes from is generated where a component rotates it; the variable is what people know. */
function isSecretVariable([name]: PropertyPath): boolean {
  return name === "secretEnv";
}
