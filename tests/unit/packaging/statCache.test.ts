import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import fc from "fast-check";
import { read, written } from "../../../provider/packaging/cache/columns.ts";
import { survey } from "../../../provider/packaging/survey.ts";
import { zipOf } from "../../../provider/packaging/zip/zip.ts";
import { aTree, removeTrees, type Tree } from "./aTree.ts";

describe("the stat cache", () => {
  const { XDG_CACHE_HOME, HOME } = process.env;
  const { now } = Date;
  let caches: Tree;

  beforeEach(async () => {
    caches = await aTree({});
    process.env.XDG_CACHE_HOME = caches.root;
    // As if all files had been there for long.
    Date.now = () => now() + 60_000;
  });
  afterEach(async () => {
    Date.now = now;
    if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
    process.env.HOME = HOME;
    await removeTrees();
  });

  const folder = () => caches.at("rayjob/packaging");
  const cacheFiles = async () => (await readdir(folder())).map((name) => join(folder(), name));

  /** Makes the cache tell lies, with its own checksum, so that one sees who believes it. */
  async function poison(): Promise<void> {
    for (const location of await cacheFiles()) {
      const columns = read(await readFile(location));
      assert(columns);
      await writeFile(location, written({ ...columns, digests: columns.digests.fill(lie) }));
    }
  }

  const lie = Buffer.alloc(32);

  /** The files of which the cache was believed. */
  async function believed(tree: Tree, excludes: readonly string[] = []): Promise<string[]> {
    const { files } = await survey(tree.root, excludes);
    return files.filter(({ digest }) => digest.equals(lie)).map(({ path }) => path);
  }

  async function poisoned(): Promise<Tree> {
    const tree = await aTree({ "a.py": "11", "b.py": "22", "lib/c.py": "3" });
    await utimes(tree.at("a.py"), 1_000, 1_000);
    await utimes(tree.at("b.py"), 1_000, 1_000);
    await survey(tree.root, []);
    await poison();
    await pause(tick);
    return tree;
  }

  it("is believed while nothing has changed, and by the same directory with the same excludes alone", async () => {
    const tree = await poisoned();
    assert.deepEqual(await believed(tree), ["a.py", "b.py", "lib/c.py"]);
    assert.deepEqual(await believed(tree, ["b.py"]), []);
    assert.deepEqual(await believed(tree), ["a.py", "b.py", "lib/c.py"]);
  });

  const edits: readonly [string, (tree: Tree) => Promise<void>, string[]][] = [
    ["an edit of the same size", (tree) => writeFile(tree.at("a.py"), "12"), ["b.py", "lib/c.py"]],
    [
      "an edit of the same size after which the time is set back",
      async (tree) => {
        await writeFile(tree.at("a.py"), "12");
        await utimes(tree.at("a.py"), 1_000, 1_000);
      },
      ["b.py", "lib/c.py"],
    ],
    [
      "two files of one size and time that change places",
      async (tree) => {
        await rename(tree.at("a.py"), tree.at("x"));
        await rename(tree.at("b.py"), tree.at("a.py"));
        await rename(tree.at("x"), tree.at("b.py"));
      },
      ["lib/c.py"],
    ],
    [
      "another file in its place",
      async (tree) => {
        await writeFile(tree.at("x"), "12");
        await utimes(tree.at("x"), 1_000, 1_000);
        await rename(tree.at("x"), tree.at("a.py"));
      },
      ["b.py", "lib/c.py"],
    ],
    ["another mode", (tree) => chmod(tree.at("lib/c.py"), 0o755), ["a.py", "b.py"]],
    ["a touch", (tree) => utimes(tree.at("lib/c.py"), 2_000, 2_000), ["a.py", "b.py"]],
  ];
  for (const [what, edit, stillBelieved] of edits) {
    it(`is not believed after ${what}`, async () => {
      const tree = await poisoned();
      await edit(tree);
      assert.deepEqual(await believed(tree), stillBelieved);
    });
  }

  it("takes no note of a file that was just written: another edit in the same instant would leave no trace", async () => {
    Date.now = now;
    const tree = await aTree({ "a.py": "0" });
    for (let edit = 0; edit < 200; edit++) {
      await writeFile(tree.at("a.py"), `${edit % 10}`);
      const [file] = (await survey(tree.root, [])).files;
      assert.deepEqual(
        file?.digest,
        createHash("sha256")
          .update(`${edit % 10}`)
          .digest(),
      );
    }
    assert.deepEqual(await cacheFiles(), []);
  });

  it("gives what a survey without it gives, whatever is edited in between", async () => {
    const name = fc.constantFrom("a", "b", "c", "d/e");
    const edit = fc.record({
      kind: fc.constantFrom("write", "restore", "append", "remove", "chmod", "swap", "touch"),
      name,
      other: name,
      content: fc.constantFrom("11", "22", "33"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(edit, { maxLength: 3 }), { minLength: 1, maxLength: 4 }), async (rounds) => {
        const tree = await aTree({ a: "11", b: "22", c: "11", "d/e": "33", always: "" });
        for (const edits of [[], ...rounds]) {
          for (const each of edits) await apply(tree, each);
          const cached = await survey(tree.root, []);
          process.env.XDG_CACHE_HOME = "/proc/none";
          const anew = await survey(tree.root, []);
          process.env.XDG_CACHE_HOME = caches.root;
          assert.deepEqual(cached, anew);
          await pause(tick);
        }
      }),
      { numRuns: 40 },
    );
  }).timeout(60_000);

  for (const [what, spoil] of [
    ["cut short", (content: Buffer) => content.subarray(0, content.length - 10)],
    ["empty", () => Buffer.alloc(0)],
    ["noise", (content: Buffer) => Buffer.alloc(content.length, 7)],
    ["another in one bit", (content: Buffer) => content.with(100, (content[100] ?? 0) ^ 1)],
  ] as const) {
    it(`is none when its file is ${what}, and is written anew`, async () => {
      const tree = await poisoned();
      const [location = ""] = await cacheFiles();
      await writeFile(location, spoil(await readFile(location)));
      assert.deepEqual(await believed(tree), []);
      await poison();
      assert.deepEqual(await believed(tree), ["a.py", "b.py", "lib/c.py"]);
    });
  }

  it("is the user's alone", async () => {
    await poisoned();
    const [location = ""] = await cacheFiles();
    assert.equal((await stat(folder())).mode & 0o777, 0o700);
    assert.equal((await stat(location)).mode & 0o777, 0o600);
  });

  it("is none in the directory itself, where it would be packaged", async () => {
    const tree = await aTree({ "a.py": "1", "cache/b.py": "2" });
    process.env.XDG_CACHE_HOME = tree.at("cache");
    const before = await survey(tree.root, []);
    const after = await survey(tree.root, []);
    assert.deepEqual(
      after.files.map(({ path }) => path),
      ["a.py", "cache/b.py"],
    );
    assert.equal(after.hash, before.hash);
  });

  it("is none where others may write", async () => {
    const tree = await poisoned();
    await chmod(folder(), 0o777);
    assert.deepEqual(await believed(tree), []);
  });

  it("is none where no folder can be made, whatever stands in the way", async () => {
    const tree = await aTree({ "a.py": "1" });
    const { hash } = await survey(tree.root, []);
    for (const place of ["/proc/none", "/dev/null", tree.at("a.py"), tree.at("no/such/folder"), "relative", ""]) {
      process.env.XDG_CACHE_HOME = place;
      process.env.HOME = caches.root;
      assert.equal((await survey(tree.root, [])).hash, hash, place);
    }
  });

  it("stays whole while several processes write it, and leaves nothing behind", async () => {
    const tree = await aTree({ a: "1", b: "2", c: "3" });
    const program = `
      import { survey } from ${JSON.stringify(import.meta.resolve("../../../provider/packaging/survey.ts"))};
      import { utimesSync } from "node:fs";
      const { now } = Date;
      Date.now = () => now() + 60_000;
      for (let round = 0; round < 40; round++) {
        utimesSync(${JSON.stringify(tree.at("a"))}, round, round);
        await survey(${JSON.stringify(tree.root)}, []);
      }`;
    const run = () => promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
    await Promise.all([run(), run(), run()]);
    assert.equal((await cacheFiles()).length, 1);
    await poison();
    assert((await believed(tree)).includes("b"));
  }).timeout(60_000);

  it("lets go of what nobody has used for long, and of what a killed process has left", async () => {
    await poisoned();
    for (let index = 0; index < 120; index++) await writeFile(join(folder(), `${index}.json`), "");
    for (const name of ["0.json", "killed.new"]) {
      await writeFile(join(folder(), name), "");
      await utimes(join(folder(), name), 1_000, 1_000);
    }
    await writeFile(join(folder(), "busy.new"), "");
    await survey((await aTree({ a: "" })).root, []);
    const names = await readdir(folder());
    assert(names.includes("busy.new") && !names.includes("killed.new") && !names.includes("0.json"), names.join());
    assert.equal(names.length, 101);
  });

  it("is forgotten when a package finds a file that is not what was said of it", async () => {
    const tree = await poisoned();
    await assert.rejects(buffer(zipOf((await survey(tree.root, [])).files)), /it was changed meanwhile/);
    assert.deepEqual(await believed(tree), []);
    await buffer(zipOf((await survey(tree.root, [])).files));
  });
});

/** Longer than the clock of a file system ticks. */
const tick = 25;

interface Edit {
  readonly kind: string;
  readonly name: string;
  readonly other: string;
  readonly content: string;
}

async function apply(tree: Tree, { kind, name, other, content }: Edit): Promise<void> {
  const location = tree.at(name);
  const before = await stat(location).catch(() => undefined);
  await mkdir(tree.at("d"), { recursive: true });
  if (kind === "write" || kind === "restore" || !before) await writeFile(location, content);
  if (kind === "restore" && before) await utimes(location, before.atime, before.mtime);
  if (!before) return;
  if (kind === "append") await writeFile(location, content, { flag: "a" });
  if (kind === "remove") await rm(location);
  if (kind === "chmod") await chmod(location, before.mode ^ 0o100);
  if (kind === "touch") await utimes(location, 1_000, 1_000);
  if (kind === "swap" && (await stat(tree.at(other)).catch(() => undefined))) {
    await rename(location, tree.at("x"));
    if (name !== other) await rename(tree.at(other), location);
    await rename(tree.at("x"), tree.at(other));
  }
}
