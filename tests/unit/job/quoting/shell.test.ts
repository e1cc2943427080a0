import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expansionIn, shellsDoing } from "../../../../provider/job/quoting/shell.ts";

describe("shellsDoing", () => {
  const end = (what: string) => `takes ${what} for the end of the job's command, and runs what follows in its own pod`;
  const braces = 'makes several words of what is between "{" and "}"';
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
    ['python a.py {"lr":0.1,"bs":32}', braces],
    ["python a.py --seeds {1..3}", braces],
    ["python a.py a{b,c}d", braces],
    ["python a.py {{a,b}}", braces],
    ['python a.py \'{"lr":0.1,"bs":32}\'', undefined],
    ['python a.py {"lr":0.1}', undefined],
    ['python a.py {"a,b"} \\{a,b}', undefined],
    ["python a.py {} {a} {a, b} {a..} {a,b", undefined],
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

  it("says of braces that they are several words where they are to bash, and nowhere else", () => {
    const pieces = fc.constantFrom(..."{{{}}},,..a1-\\'\" ".split(""));
    const commands = fc
      .sample(fc.array(pieces, { minLength: 3, maxLength: 9 }), { numRuns: 20000, seed: 7 })
      .map((characters) => characters.join("").trim())
      .filter((command) => shellsDoing(command.replaceAll(/[{}]/g, "a")) === undefined);
    const expanded = wordsOf(commands, "set -B");
    const asTheyAre = wordsOf(commands, "set +B");
    const wrong = commands.filter(
      (command, index) => (expanded[index] !== asTheyAre[index]) !== (shellsDoing(command) === braces),
    );
    assert.deepEqual(wrong, []);
    assert.ok(commands.filter((command) => shellsDoing(command) === braces).length > 200);
  });
});

/** The words that bash makes of each of the commands, which have one line each. */
function wordsOf(commands: readonly string[], setting: string): string[] {
  const script = `${setting}; while IFS= read -r command; do eval "printf '<%s>' $command"; echo; done`;
  const input = commands.map((command) => `${command}\n`).join("");
  const { stdout } = spawnSync("bash", ["-c", script], { input, encoding: "utf8", maxBuffer: 2 ** 26 });
  return stdout.split("\n");
}

describe("expansionIn", () => {
  it("tells a variable from a dollar", () => {
    assert.equal(expansionIn("costs $"), undefined);
    assert.equal(expansionIn("a $(date) b"), 'fills in "$(date)" itself');
    assert.equal(expansionIn("5 `date`"), "runs what is between backticks");
  });
});
