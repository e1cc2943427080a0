import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandLine } from "../../support/commandLine.ts";

// What a real preview comes to is in ../previews.test.ts.

describe("rayjob summary", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "rayjob-summary-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("takes a file, and exits 1 for a preview that has failed", async () => {
    const file = join(folder, "preview.json");
    await writeFile(file, JSON.stringify({ diagnostics: [{ severity: "error", message: "It is wrong" }] }));
    const { code, stdout, stderr } = await new CommandLine(["summary", file]).ended();
    assert.deepEqual([code, stderr], [1, ""]);
    assert.match(stdout, /^<!-- rayjob summary -->\n[\s\S]*\*\*The preview has failed\*\*\n\n- It is wrong\n/);
  });

  it("exits 2, and prints nothing on stdout, where there is no preview", async () => {
    for (const text of ["", "error: no stack selected\n"]) {
      const { code, stdout, stderr } = await new CommandLine(["summary", "-"], {}, text).ended();
      assert.deepEqual([code, stdout], [2, ""]);
      assert.equal(stderr, "There is no preview in stdin: give it what `pulumi preview --json` prints\n");
    }
    const { code, stderr } = await new CommandLine(["summary", join(folder, "nowhere.json")]).ended();
    assert.equal(code, 2);
    assert.match(stderr, /^Cannot read ".*\/nowhere\.json": ENOENT: no such file/);
  });
});
