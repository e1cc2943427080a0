import assert from "node:assert/strict";
import { Row } from "../../../provider/cli/wait/row.ts";
import type { RunEvent } from "../../../provider/job/report.ts";
import type { RunState } from "../../../provider/job/verdict.ts";

const story: readonly RunEvent[] = [
  seen("initializing", 0),
  seen("initializing", 5),
  { ...seen("initializing", 10), news: "no node has a GPU" },
  seen("running", 0),
  seen("running", 65),
  seen("succeeded", 0),
  seen("succeeded", 0),
];

describe("the progress of a command", () => {
  let written: string;

  beforeEach(() => {
    written = "";
  });

  it("is a line for each change, without times, where nobody can watch it move", () => {
    tell({});
    assert.equal(
      written,
      `RayJob/ml/train: cluster starting
RayJob/ml/train: cluster starting: no node has a GPU
RayJob/ml/train: running
RayJob/ml/train: succeeded
`,
    );
  });

  it("is a row that is written anew on a terminal, and a new one for each change", () => {
    tell({ isTTY: true, columns: 100 });
    assert.deepEqual(rowsOf(written), [
      ["RayJob/ml/train: cluster starting, 0s", "RayJob/ml/train: cluster starting, 5s"],
      ["RayJob/ml/train: cluster starting, 10s: no node has a GPU"],
      ["RayJob/ml/train: running, 0s", "RayJob/ml/train: running, 1m05s"],
      ["RayJob/ml/train: succeeded", "RayJob/ml/train: succeeded"],
      [""],
    ]);
  });

  it("never wraps a row that is written anew", () => {
    tell({ isTTY: true, columns: 30 });
    assert(
      rowsOf(written)
        .flat()
        .every((row) => row.length < 30),
      written,
    );
  });

  it("makes way on a terminal for what the job prints", () => {
    const row = new Row("RayJob/ml/train", { isTTY: true, columns: 100, write: (text) => (written += text) });
    row.show(seen("running", 5));
    row.aside(() => (written += "step 1\n"));
    row.show({ ...seen("running", 6), news: "step 1" });
    row.end();
    assert.deepEqual(written.replaceAll("\u001b[K", "").split("\n"), [
      "\rRayJob/ml/train: running, 5s\rstep 1",
      "\rRayJob/ml/train: running, 6s: step 1",
      "",
    ]);
  });

  it("is no log: what a job that runs prints is no change", () => {
    const row = new Row("RayJob/ml/train", { write: (text) => (written += text) });
    for (const news of ["step 1", "step 2"]) row.show({ ...seen("running", 6), news });
    assert.equal(written, "RayJob/ml/train: running\n");
  });

  it("writes nothing at its end if nothing was shown", () => {
    new Row("RayJob/ml/train", { isTTY: true, write: () => assert.fail("it was written to") }).end();
  });

  function tell(screen: { readonly isTTY?: boolean; readonly columns?: number }): void {
    const row = new Row("RayJob/ml/train", { ...screen, write: (text) => (written += text) });
    for (const event of story) row.show(event);
    row.end();
  }
});

function seen(state: RunState, seconds: number): RunEvent & { readonly kind: "seen" } {
  return { kind: "seen", verdict: { state, ended: state === "succeeded" }, seconds };
}

/** The rows of the terminal, each with all that has been written over it. */
function rowsOf(text: string): string[][] {
  const rows = text.replaceAll("\u001b[K", "").split("\n");
  return rows.map((row) => row.split("\r").filter((part, index) => part !== "" || (index === 0 && row === "")));
}
