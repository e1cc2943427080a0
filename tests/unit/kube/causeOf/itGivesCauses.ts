import assert from "node:assert/strict";
import { causeOf } from "../../../../provider/kube/pods/causeOf.ts";
import type { ClusterEvent } from "../../../../provider/kube/pods/events.ts";
import type { Pod } from "../../../../provider/kube/pods/pods.ts";

/** Pods, what else is said of them, and what of it is told. */
interface Case {
  readonly because: string;
  readonly pods: readonly Pod[];
  readonly warnings?: readonly ClusterEvent[];
  readonly claimEvents?: readonly ClusterEvent[];
  readonly cause: string | undefined;
}

/** A test for each of the cases. */
export function itGivesCauses(cases: readonly Case[]): void {
  for (const { because, pods, warnings = [], claimEvents, cause } of cases) {
    it(`gives ${cause === undefined ? "no cause" : `"${cause.slice(0, 60)}…"`}: ${because}`, () => {
      assert.equal(causeOf(pods, warnings, claimEvents), cause);
    });
  }
}
