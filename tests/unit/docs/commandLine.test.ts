import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { Page } from "../../support/page.ts";

const program = resolve(import.meta.dirname, "../../../provider/cli/rayjob.ts");
const page = await Page.read("docs/command-line.md");
const beforeCommands = ["Get it", "What there is"];
const sections = page.text
  .split(/^## /m)
  .slice(1)
  .filter((section) => !beforeCommands.includes(section.split("\n")[0] ?? ""));

describe("the page on the command line", () => {
  for (const section of sections) {
    const [command = ""] = section.split("\n");

    it(`names no option of \`rayjob ${command}\` that there is not, and none of them is left out`, () => {
      const help = spawnSync(process.execPath, [program, command, "--help"], { encoding: "utf8" });
      assert.equal(help.status, 0, help.stderr);
      // Those of other commands are in what is piped into it.
      const own = section.replaceAll(/(?:pulumi|kubectl) [^`|]*/g, "");
      const listed = help.stdout.match(/^ +(?:-\w, )?--[a-z-]+/gm) ?? [];
      assert.deepEqual(
        optionsIn(own),
        optionsIn(listed.join("\n")).filter((option) => option !== "--help"),
      );
    });
  }

  it("has a section for each command", () => {
    const help = spawnSync(process.execPath, [program, "--help"], { encoding: "utf8" });
    for (const section of sections) assert.match(help.stdout, new RegExp(`^ +${section.split("\n")[0]} `, "m"));
    assert.equal(sections.length, 5);
  });
});

function optionsIn(text: string): string[] {
  return [...new Set(text.match(/--[a-z][a-z-]+/g))].sort();
}
