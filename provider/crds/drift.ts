import { type Crd, fingerprintOf } from "./crd.ts";
import { lastManagerOf } from "./managers.ts";
import type { AppliedCrd } from "./outputs.ts";

/** What has become of a CRD: compares what was applied with what is there. */
export function observed(applied: AppliedCrd, live: Crd | undefined, ownManager: string): AppliedCrd {
  const { sha256, fingerprint } = applied;
  if (live === undefined) return { sha256, fingerprint, drift: "deleted" };
  if (fingerprintOf(live) === fingerprint) return { sha256, fingerprint };
  const by = lastManagerOf(live, ownManager);
  return { sha256, fingerprint, drift: by === undefined ? "changed" : `changed by ${by}` };
}
