import { acceptanceOf } from "./acceptance.ts";
import { type Crd, fingerprintOf } from "./crd.ts";
import { lastManagerOf } from "./managers.ts";
import type { AppliedCrd } from "./outputs.ts";

/** The drift of a CRD whose custom resources the API server does not serve. */
export const notServed = "not served";

/** What has become of a CRD: compares what was applied with what is there. */
export function observed(applied: AppliedCrd, live: Crd | undefined, ownManager: string): AppliedCrd {
  const { sha256, fingerprint } = applied;
  if (live === undefined) return { sha256, fingerprint, drift: "deleted" };
  if (acceptanceOf(live).state !== "served") return { sha256, fingerprint, drift: notServed };
  if (fingerprintOf(live) === fingerprint) return { sha256, fingerprint };
  const by = lastManagerOf(live, ownManager);
  return { sha256, fingerprint, drift: by === undefined ? "changed" : `changed by ${by}` };
}
