import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const project = resolve(import.meta.dirname, "../../..");
const passes = `it("passes", () => {});`;
const fails = `it("fails", () => { throw new Error("always"); });`;
const failsOnce = `it("fails once", () => {
  const { existsSync, writeFileSync } = require("node:fs");
  const marker = __filename + ".marker";
  if (existsSync(marker)) return;
  writeFileSync(marker, "");
  throw new Error("once");
});`;
const hookFailsOnce = failsOnce.replace(`it("fails once", `, "before(") + passes;

describe("a suite of tests", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rayjob-suite-"));
    symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
    mkdirSync(join(folder, "tests"));
    for (const file of ["tests/suite.sh", "tests/reporter.cjs"]) cpSync(join(project, file), join(folder, file));
    const scripts = Object.fromEntries(
      ["unit", "engine"].map((name) => [`test:${name}`, `mocha --parallel --jobs 2 'tests/${name}/*.test.cjs'`]),
    );
    writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts }));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function run(suite: string, files: Record<string, string>): string {
    for (const [name, body] of Object.entries(files)) {
      const file = join(folder, "tests", suite, `${name}.test.cjs`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `describe("${name}", () => { ${body} });`);
    }
    const script = `set -euo pipefail
      say() { echo "said: $*"; }
      . tests/suite.sh
      run_suite ${suite}
      echo "$passed passed, $failed failed, again: \${second_attempts[*]:-none}"`;
    const env = { ...process.env, TALLY: join(folder, "tally") };
    const { stdout, stderr, status } = spawnSync("bash", ["-c", script], { cwd: folder, env, encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
    return stdout.trimEnd().split("\n").at(-1) ?? "";
  }

  it("counts what passes and what fails", () => {
    assert.equal(run("unit", { a: passes + passes, b: passes + fails }), "3 passed, 1 failed, again: none");
  });

  it("fails where there is nothing to run", () => {
    assert.equal(run("unit", {}), "0 passed, 1 failed, again: none");
  });

  it("has a second attempt at the files that failed on real servers, and at no others", () => {
    const outcome = run("engine", { a: passes, b: passes + failsOnce, c: hookFailsOnce });
    assert.equal(outcome, "4 passed, 0 failed, again: tests/engine/b.test.cjs tests/engine/c.test.cjs");
  });

  it("fails with what fails twice", () => {
    assert.equal(run("engine", { a: passes, b: passes + fails }), "2 passed, 1 failed, again: tests/engine/b.test.cjs");
  });

  it("does not try again what is no accident: more than three files", () => {
    const files = { a: failsOnce, b: failsOnce, c: failsOnce, d: failsOnce };
    assert.equal(run("engine", files), "0 passed, 4 failed, again: none");
  });

  it("believes no second attempt of which something still runs", () => {
    const leaves = failsOnce.replace("return;", "return process.nextTick(() => process.exit(3));");
    assert.equal(run("engine", { a: passes, b: leaves }), "1 passed, 1 failed, again: tests/engine/b.test.cjs");
  });
});
