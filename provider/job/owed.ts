import { type PropertyMap, UNKNOWN } from "../values/value.ts";
import { waitForOf } from "./args.ts";
import { statusOf } from "./outputs.ts";
import { remainsOf } from "./remains.ts";
import { isFailure, reached, type Verdict, verdictOf } from "./verdict.ts";

/** The output `phase` of a RayJob that somebody has deleted while a deployment waited for it. */
export const gonePhase = "Gone";

/** The output `phase` of a RayJob that this package has deleted because the deployment was cancelled. */
export const cancelledPhase = "Cancelled";

/** Whether the state knows that the job will not get any further: its RayJob is gone, or on its way out. */
export function isLost({ phase }: PropertyMap): boolean {
  return phase === gonePhase || phase === cancelledPhase;
}

/** What the last deployment has left to do, whatever the arguments are now. */
export type Owed =
  | { readonly kind: "nothing" }
  /** The job was deleted while the deployment waited for it: by somebody, or because that was cancelled. */
  | { readonly kind: "gone"; readonly cancelled: boolean }
  /** The job has failed; `reruns` says whether it is to run again, and `remains` what of it runs on. */
  | {
      readonly kind: "failed";
      readonly verdict: Verdict;
      readonly reruns: boolean;
      readonly remains?: string | undefined;
    }
  /** The job has not got as far as it is waited for. */
  | { readonly kind: "unfinished"; readonly verdict: Verdict };

export function owedOf(oldOutputs: PropertyMap, newInputs: PropertyMap): Owed {
  if (isLost(oldOutputs)) return { kind: "gone", cancelled: oldOutputs.phase === cancelledPhase };
  const status = statusOf(oldOutputs);
  const verdict = verdictOf(status);
  if (isFailure(verdict)) {
    const { namespace, name } = oldOutputs;
    const metadata = { namespace: String(namespace), name: String(name) };
    const remains = remainsOf({ metadata, spec: oldOutputs, status });
    return { kind: "failed", verdict, reruns: newInputs.rerunFailed !== false, remains };
  }
  // Where nobody knows yet what is waited for, that itself is shown as the change.
  if (newInputs.waitFor === UNKNOWN || reached(verdict, waitForOf(newInputs))) return { kind: "nothing" };
  return { kind: "unfinished", verdict };
}
