import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import fc from "fast-check";
import { walk } from "../../../provider/packaging/walk.ts";
import { aTree, removeTrees } from "./aTree.ts";
import { casesTree, otherCases, type RayCase, rayCases } from "./rayCases.ts";

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

  it("follows links to files and to directories inside of it, as often as they lead there", async () => {
    const tree = await aTree({
      "lib/a.py": "1",
      "train.py": "",
      one: { link: "lib/a.py" },
      again: { link: "lib" },
      "src/up": { link: "../again" },
    });
    await symlink(tree.at("train.py"), tree.at("absolute"));
    const paths = ["absolute", "again/a.py", "lib/a.py", "one", "src/up/a.py", "train.py"];
    assert.deepEqual(await pathsOf(tree.root), paths);
    await symlink(tree.root, tree.at("whole"));
    assert.deepEqual(await pathsOf(tree.at("whole"), ["whole"]), paths);
  });

  for (const [what, link, why] of [
    ["nowhere", "gone/model.bin", "which does not exist"],
    ["through a file", "train.py/deeper", "which does not exist"],
    ["to itself", "bad", "which leads back to it"],
  ] as const) {
    it(`refuses a link ${what}, by its name and its target`, async () => {
      const tree = await aTree({ "train.py": "", bad: { link } });
      await assert.rejects(walk(tree.root, []), {
        name: "PackagingError",
        message: `Cannot package "${tree.at("bad")}": it is a link to "${link}", ${why}. Remove it, or name it in \`excludes\``,
      });
      assert.deepEqual(await pathsOf(tree.root, ["bad"]), ["train.py"]);
    });
  }

  it("refuses a link out of the directory: on another machine it leads to something else", async () => {
    const elsewhere = await aTree({ "lib/a.py": "1", "one.py": "2" });
    for (const path of ["lib", "one.py"]) {
      const tree = await aTree({ "train.py": "", "src/link": { link: elsewhere.at(path) } });
      await assert.rejects(walk(tree.root, []), {
        name: "PackagingError",
        message:
          `Cannot package "${tree.at("src/link")}": it is a link to "${elsewhere.at(path)}", out of the packaged directory: ` +
          "what lies there depends on the machine. Copy it in, name it in `excludes`, or give what it leads to as one of " +
          "the job's `pyModules`",
      });
      assert.deepEqual(await pathsOf(tree.root, ["link"]), ["train.py"]);
    }
  });

  it("sees through a link that only seems to stay inside, and one whose name begins like the directory's", async () => {
    const tree = await aTree({
      "job/a.py": "",
      "job/out": { link: "in/../../b.py" },
      "b.py": "",
      "job/in/x": "",
      "job2/x": "",
    });
    await assert.rejects(walk(tree.at("job"), []), /job\/out": it is a link to .*, out of the packaged directory/);
    await tree.write("job/near", { link: "../job2" });
    await assert.rejects(walk(tree.at("job"), ["out"]), /job\/near": .*, out of the packaged directory/);
    await tree.write("job/chain", { link: "near" });
    await assert.rejects(walk(tree.at("job"), ["out", "near"]), /job\/chain": .*, out of the packaged directory/);
  });

  it("starts at a directory that is a link itself", async () => {
    const tree = await aTree({ "job/train.py": "", link: { link: "job" } });
    assert.deepEqual(await pathsOf(tree.at("link")), ["train.py"]);
  });

  it("leaves out pipes, sockets and empty directories, as a clone would be without them", async () => {
    const tree = await aTree({ "train.py": "", "to-pipe": { link: "pipe" } });
    execFileSync("mkfifo", [tree.at("pipe")]);
    execFileSync("mkdir", [tree.at("empty")]);
    const server = createServer().listen(tree.at("socket\\"));
    await once(server, "listening");
    assert.deepEqual(await pathsOf(tree.root), ["train.py"]);
    server.close();
  });

  it("refuses a link to a directory that it lies in, by the names of both", async () => {
    const tree = await aTree({ "src/a.py": "" });
    await symlink("..", tree.at("src/up"));
    await assert.rejects(walk(tree.root, []), {
      name: "PackagingError",
      message: `Cannot package "${tree.at("src/up")}": it is a link to "${tree.root}", which it lies in. Remove it, or name it in \`excludes\``,
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

  it("refuses a name that is no text, which Node cannot even open, and takes one that only looks like it", async () => {
    const tree = await aTree({ "job/\ufffd.py": "" });
    assert.deepEqual(await pathsOf(tree.at("job")), ["\ufffd.py"]);
    await writeFile(Buffer.concat([Buffer.from(tree.at("job/")), Buffer.from([0xe9]), Buffer.from(".py")]), "");
    await assert.rejects(walk(tree.at("job"), []), {
      message: `Cannot package "${tree.at("job/\ufffd.py")}": its name is not valid UTF-8. Rename it, or name it in \`excludes\``,
    });
    assert.deepEqual((await walk(tree.at("job"), ["*.py"])).ignored, 2);
    await mkdir(Buffer.concat([Buffer.from(`${tree.root}/`), Buffer.from([0xff])]));
    await assert.rejects(walk(tree.root, ["*.py"]), /its name is not valid UTF-8/);
  });

  it("takes names with characters that a terminal obeys, and shows none of these", async () => {
    const tree = await aTree({ "a\n\u001b[31m.py": "", "Icon\r": "" });
    assert.deepEqual(await pathsOf(tree.root), ["Icon\r", "a\n\u001b[31m.py"]);
    await tree.write("\u001b[2J\\", "");
    await assert.rejects(walk(tree.root, []), /"[^"]*\/\\u001b\[2J\\": zip files know no backslash in a name/);
  });

  it("names a pattern that cannot be meant, and where it stands", async () => {
    const tree = await aTree({ "src/.gitignore": "*.log\n[z-a].py\n", "src/a.py": "" });
    await assert.rejects(walk(tree.root, []), {
      name: "PackagingError",
      message:
        `Cannot package the directory: the pattern "[z-a].py" in "${tree.at("src/.gitignore")}" has a range that ends ` +
        "before it starts. Turn it round",
    });
    await assert.rejects(walk(tree.root, ["[9-0]"]), /the pattern "\[9-0\]" in `excludes` has a range/);
  });

  it("looks into no directory of which all is left out, unless something may be taken back", async () => {
    const tree = await aTree({ "data/a": "", "data/b": "", "data/dangling": { link: "nowhere" }, "a.py": "" });
    assert.equal((await walk(tree.root, ["data/"])).ignored, 1);
    const { files, ignored } = await walk(tree.root, ["data/", "!data/b"]);
    assert.deepEqual(
      files.map(({ path }) => path),
      ["a.py", "data/b"],
    );
    assert.equal(ignored, 2);
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

async function packaged(each: RayCase): Promise<string[]> {
  return pathsOf((await casesTree(each)).root, each.excludes);
}

function isFileName(name: string): boolean {
  return (
    !/[/\\\0]/.test(name) &&
    ![".", "..", ".gitignore", ".rayignore"].includes(name) &&
    Buffer.from(name).toString() === name
  );
}
