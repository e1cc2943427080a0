import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlink } from "node:fs/promises";
import fc from "fast-check";
import { walk } from "../../../provider/packaging/walk.ts";
import { aTree, removeTrees } from "./aTree.ts";
import { otherCases, type RayCase, rayCases } from "./rayCases.ts";

describe("walk", () => {
  afterEach(removeTrees);

  for (const each of rayCases) {
    it(`packages what Ray does: ${each.because}`, async () => {
      assert.deepEqual(await packaged(each), each.packaged);
    });
  }

  for (const each of otherCases) {
    it(`packages more than Ray does: ${each.because}`, async () => {
      assert.deepEqual(await packaged(each), each.packaged);
      assert.notDeepEqual(each.packaged, each.ray);
    });
  }

  it("sorts by the bytes of the paths, whatever the locale", async () => {
    const sorted = ["Z", "a-b/x", "a/x", "a0/x", "b", "z", "ä", "\u{ff5e}", "\u{1f600}"];
    const tree = await aTree(Object.fromEntries(sorted.toReversed().map((path) => [path, ""])));
    assert.deepEqual(await pathsOf(tree.root), sorted);
  });

  it("follows links to files and to directories, wherever they lead", async () => {
    const elsewhere = await aTree({ "lib/a.py": "1", "one.py": "2" });
    const tree = await aTree({
      "train.py": "",
      one: { link: elsewhere.at("one.py") },
      lib: { link: elsewhere.at("lib") },
      again: { link: "lib" },
    });
    assert.deepEqual(await pathsOf(tree.root), ["again/a.py", "lib/a.py", "one", "train.py"]);
  });

  it("starts at a directory that is a link itself", async () => {
    const tree = await aTree({ "job/train.py": "", link: { link: "job" } });
    assert.deepEqual(await pathsOf(tree.at("link")), ["train.py"]);
  });

  it("leaves out links that lead nowhere, pipes, and empty directories, as a clone would be without them", async () => {
    const tree = await aTree({ "train.py": "", dangling: { link: "nothing" }, self: { link: "self" } });
    execFileSync("mkfifo", [tree.at("pipe")]);
    execFileSync("mkdir", [tree.at("empty")]);
    assert.deepEqual(await pathsOf(tree.root), ["train.py"]);
  });

  it("refuses a link to a directory that it lies in, by the names of both", async () => {
    const tree = await aTree({ "src/a.py": "" });
    await symlink("..", tree.at("src/up"));
    await assert.rejects(walk(tree.root, []), {
      name: "PackagingError",
      message: `Cannot package "${tree.at("src/up")}": it is a link to "${tree.root}", which it lies in. Name it in \`excludes\``,
    });
    assert.deepEqual(await pathsOf(tree.root, ["up"]), ["src/a.py"]);
  });

  it("refuses two directories that lead into each other", async () => {
    const tree = await aTree({ "a/to-b": { link: "../b" }, "b/to-a": { link: "../a" } });
    await assert.rejects(walk(tree.root, []), /is a link to/);
  });

  it("takes one directory twice where two links lead to it", async () => {
    const tree = await aTree({ "lib/x": "", "a/l": { link: "../lib" }, "b/l": { link: "../lib" } });
    assert.deepEqual(await pathsOf(tree.root), ["a/l/x", "b/l/x", "lib/x"]);
  });

  it("refuses a name with a backslash, which would become a directory", async () => {
    const tree = await aTree({ "a\\b.py": "" });
    await assert.rejects(walk(tree.root, []), /a\\b\.py": zip files know no backslash in a name\. Rename it/);
  });

  it("takes a directory that is called like an ignore file for one", async () => {
    const tree = await aTree({ ".gitignore/a.py": "" });
    assert.deepEqual(await pathsOf(tree.root), [".gitignore/a.py"]);
  });

  it("counts what is left out, a directory as one", async () => {
    const tree = await aTree({ ".git/a": "", ".git/b": "", "a.log": "", "a.py": "" });
    assert.equal((await walk(tree.root, ["*.log"])).ignored, 2);
  });

  it("finds every file again, whatever it is called", async () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter(isFileName);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), async (names) => {
        const tree = await aTree(Object.fromEntries(names.map((each) => [each, ""])));
        assert.deepEqual((await pathsOf(tree.root, ["!*"])).sort(), [...names].sort());
      }),
      { numRuns: 50 },
    );
  });
});

async function pathsOf(root: string, excludes: readonly string[] = []): Promise<string[]> {
  return (await walk(root, excludes)).files.map(({ path }) => path);
}

async function packaged({ files, ignoreFiles = {}, excludes = [] }: RayCase): Promise<string[]> {
  const tree = await aTree({
    ...Object.fromEntries(files.map((path) => [path, ""])),
    ...Object.fromEntries(Object.entries(ignoreFiles).map(([path, lines]) => [path, `${lines.join("\n")}\n`])),
  });
  return pathsOf(tree.root, excludes);
}

function isFileName(name: string): boolean {
  return (
    !/[/\\\0]/.test(name) &&
    ![".", "..", ".gitignore", ".rayignore"].includes(name) &&
    Buffer.from(name).toString() === name
  );
}
