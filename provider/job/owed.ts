import { type PropertyMap, UNKNOWN } from "../values/value.ts";
import { waitForOf } from "./args.ts";
import { statusOf } from "./outputs.ts";
import { isFailure, reached, type Verdict, verdictOf } from "./verdict.ts";

/** The output `phase` of a RayJob that somebody has deleted while a deployment waited for it. */
export const gonePhase = "Gone";

/** What the last deployment has left to do, whatever the arguments are now. */
export type Owed =
  | { readonly kind: "nothing" }
  /** The job was deleted while the deployment waited for it. */
  | { readonly kind: "gone" }
  /** The job has failed; `reruns` says whether it is to run again. */
  | { readonly kind: "failed"; readonly verdict: Verdict; readonly reruns: boolean }
  /** The job has not got as far as it is waited for. */
  | { readonly kind: "unfinished"; readonly verdict: Verdict };

export function owedOf(oldOutputs: PropertyMap, newInputs: PropertyMap): Owed {
  if (oldOutputs.phase === gonePhase) return { kind: "gone" };
  const verdict = verdictOf(statusOf(oldOutputs));
  if (isFailure(verdict)) return { kind: "failed", verdict, reruns: newInputs.rerunFailed !== false };
  // Where nobody knows yet what is waited for, that itself is shown as the change.
  if (newInputs.waitFor === UNKNOWN || reached(verdict, waitForOf(newInputs))) return { kind: "nothing" };
  return { kind: "unfinished", verdict };
}
