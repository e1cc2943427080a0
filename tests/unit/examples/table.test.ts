import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

describe("the table of the examples", () => {
  it("has all of them, and no others", () => {
    const [, table = ""] = readFileSync(resolve(root, "README.md"), "utf8").split("\n## Examples\n");
    const [rows = ""] = table.split("\n## ");
    const named = [...rows.matchAll(/\]\(examples\/([\w-]+)\)/g)].map(([, name]) => name);
    assert.deepEqual(named.sort(), readdirSync(resolve(root, "examples")).sort());
  });
});
