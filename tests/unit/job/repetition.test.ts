import assert from "node:assert/strict";
import { Repetition } from "../../../provider/job/repetition.ts";

const cases: readonly {
  readonly because: string;
  readonly logs: readonly { readonly run?: string; readonly lines: readonly string[] }[];
  readonly expected: readonly string[];
}[] = [
  { because: "one log is new, with all its equal lines", logs: [{ lines: ["a", "a"] }], expected: ["a", "a"] },
  {
    because: "a submitter that comes later tells the same from the beginning",
    logs: [{ lines: ["a", "b", "a"] }, { lines: ["a", "b", "a", "c"] }],
    expected: ["a", "b", "a", "c"],
  },
  {
    because: "the first submitter had something of its own to say",
    logs: [{ lines: ["a", "connection lost"] }, { lines: ["a", "b"] }, { lines: ["a", "b", "c"] }],
    expected: ["a", "connection lost", "b", "c"],
  },
  {
    because: "one that never reached Ray has shown nothing of the job",
    logs: [{ lines: ["cannot connect"] }, { lines: ["a", "b"] }],
    expected: ["cannot connect", "a", "b"],
  },
  {
    because: "another run of the job prints the same, and means it",
    logs: [{ lines: ["a"] }, { run: "second", lines: ["a", "b"] }],
    expected: ["a", "a", "b"],
  },
  {
    because: "a long log is known by its beginning",
    logs: [{ lines: numbered(3_000) }, { lines: numbered(3_001) }],
    expected: numbered(3_001),
  },
];

describe("Repetition", () => {
  for (const { because, logs, expected } of cases) {
    it(`lets through what is new: ${because}`, () => {
      const repetition = new Repetition();
      const shown = logs.flatMap(({ run = "first", lines }) => {
        repetition.begin(run);
        return lines.filter((line) => repetition.isNew(line));
      });
      assert.deepEqual(shown, expected);
    });
  }
});

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `line ${index}`);
}
