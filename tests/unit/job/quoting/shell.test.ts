import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expansionIn, shellsDoing } from "../../../../provider/job/quoting/shell.ts";

describe("shellsDoing", () => {
  const end = (what: string) => `takes ${what} for the end of the job's command, and runs what follows in its own pod`;
  const cases: readonly (readonly [command: string, doing: string | undefined])[] = [
    ["python train.py --lr=0.1 a@b,c%d", undefined],
    ["python a.py; python b.py", end('";"')],
    ["cd /app && python a.py", end('"&&"')],
    ["python a.py || true", end('"||"')],
    ["python a.py | tee log", end('"|"')],
    ["python a.py &", end('"&"')],
    ["python a.py\npython b.py", end("the end of the line")],
    ["python a.py \\\n  --lr 1", undefined],
    ["bash -c 'cd /app && python $A > `b`; c'", undefined],
    ['python -c "print(1); print(2)"', undefined],
    ['echo "$HOME"', 'fills in "$HOME" itself'],
    ['echo "\\$HOME"', undefined],
    ["echo $(hostname)", 'fills in "$(hostname)" itself'],
    ["echo \\$HOME", undefined],
    ["echo 5$", undefined],
    ["echo `date`", "runs what is between backticks"],
    ["python a.py > log", `redirects its own input or output at ">", and not the job's`],
    ["python -c print(1)", 'takes "(" for a part of its own script, and cannot read that'],
    ["python a.py *.csv", 'puts the names of its own files in the place of a "*" that matches any'],
    ["python ~/a.py", 'puts its own home directory in the place of "~"'],
    ["python a~b#c", undefined],
    ["python a.py # now", 'takes "#" and all that follows, its own next commands included, for a comment'],
    ["echo it's", "does not find the end of a quotation"],
  ];
  for (const [command, doing] of cases) {
    it(`says that it ${doing ?? "hands on"} ${JSON.stringify(command)}`, () => {
      assert.equal(shellsDoing(command), doing);
    });
  }

  it("says nothing only of what leaves bash its next command", () => {
    const pieces = fc.constantFrom(..."ab \t\\'\"$`;&|<>()*?[]~#!=-\n".split(""));
    const commands = fc
      .sample(fc.array(pieces, { minLength: 1, maxLength: 12 }), { numRuns: 5000, seed: 7 })
      .map((characters) => characters.join("").trim())
      .filter((command) => shellsDoing(command) === undefined);
    assert.ok(commands.length > 200, `there are ${commands.length}`);
    const script = commands.map((command) => `printf %s ${command} >/dev/null ; echo .\n`).join("");
    const { stdout, stderr } = spawnSync("bash", ["-e"], { input: script, encoding: "utf8" });
    assert.equal(stdout, ".\n".repeat(commands.length), stderr);
  });
});

describe("expansionIn", () => {
  it("tells a variable from a dollar", () => {
    assert.equal(expansionIn("costs $"), undefined);
    assert.equal(expansionIn("a $(date) b"), 'fills in "$(date)" itself');
    assert.equal(expansionIn("5 `date`"), "runs what is between backticks");
  });
});
