import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { ClusterError, type ClusterErrorKind } from "../../../provider/kube/connection/errors.ts";
import { Patience } from "../../../provider/kube/watch/patience.ts";

const shortly = 20;

describe("Patience", () => {
  const refusals = ["unauthorized", "forbidden"] as const;

  for (const kind of refusals) {
    it(`ends at the first ${kind} where nothing was ever accepted`, () => {
      assert.equal(anew(300_000).endsWith(failure(kind)), true);
    });

    it(`bears ${kind} for its time, however often it comes, once something was accepted`, async () => {
      const patience = accepted(shortly);
      for (let times = 0; times < 100; times += 1) assert.equal(patience.endsWith(failure(kind)), false);
      await pause(2 * shortly);
      assert.equal(patience.endsWith(failure(kind)), true);
    });
  }

  it("gives a refusal its whole time again after an acceptance, and after a server that did not answer", async () => {
    const patience = accepted(shortly);
    for (const relief of [() => patience.accepted(), () => void patience.endsWith(failure("unreachable"))]) {
      patience.endsWith(failure("forbidden"));
      await pause(2 * shortly);
      relief();
      assert.equal(patience.endsWith(failure("forbidden")), false);
    }
  });

  it("bears a command that is not installed, or a type that is gone, no more than six times", () => {
    for (const kind of ["configuration", "notFound"] as const) {
      const patience = accepted(300_000);
      const ends = Array.from({ length: 7 }, () => patience.endsWith(failure(kind)));
      assert.deepEqual(ends, [...Array<boolean>(6).fill(false), true]);
    }
  });

  it("never ends because a server is away", () => {
    const patience = anew(0);
    for (let times = 0; times < 100; times += 1) assert.equal(patience.endsWith(failure("unavailable")), false);
  });
});

function anew(refusalBudgetMs: number): Patience {
  return new Patience({ refusalBudgetMs }, new AbortController().signal);
}

function accepted(refusalBudgetMs: number): Patience {
  const patience = anew(refusalBudgetMs);
  patience.accepted();
  return patience;
}

function failure(kind: ClusterErrorKind): ClusterError {
  return new ClusterError(kind, "no");
}
