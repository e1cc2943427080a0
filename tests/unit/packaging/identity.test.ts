import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, utimes } from "node:fs/promises";
import fc from "fast-check";
import { type FileContent, identityOf, shortHashOf } from "../../../provider/packaging/identity.ts";
import { survey } from "../../../provider/packaging/survey.ts";
import { aTree, type Content, removeTrees, type Tree } from "./aTree.ts";

describe("the identity of a directory", () => {
  afterEach(removeTrees);

  it("is that of format 1: to change it is to upload and re-run everything that anybody has", async () => {
    const tree = await aTree({ "train.py": "print(1)\n", "bin/run.sh": { executable: "#!/bin/sh\n" } });
    assert.equal(await hashOf(tree), "7f2ffd578af30dc9933842768558449b9cd460447e5369725a2fd8d1cd78ba0a");
  });

  it("is the same in another place, at another time, by another hand, in another order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(aPath, aContent, { minKeys: 1, maxKeys: 6 }), async (files) => {
        const paths = Object.keys(files).filter((path) => isFree(path, files));
        const pick = (order: readonly string[]) => Object.fromEntries(order.map((path) => [path, files[path] ?? ""]));
        const one = await aTree(pick(paths));
        const other = await aTree(pick(paths.toReversed()));
        for (const path of paths) {
          await chmod(other.at(path), isExecutable(files[path]) ? 0o700 : 0o600);
          await utimes(other.at(path), 1, 1);
        }
        assert.equal(await hashOf(other), await hashOf(one));
      }),
      { numRuns: 50 },
    );
  });

  it("is that of its clone, made by git under a strict umask", async () => {
    const tree = await aTree({
      "job/train.py": "print(1)\n",
      "job/bin/run.sh": { executable: "#!/bin/sh\n" },
      "job/ä b/é": "",
      "job/link": { link: "bin" },
      "job/.gitignore": "*.log\n",
      "job/a.log": "not in the clone",
    });
    const git = (...args: string[]) => execFileSync("git", ["-C", tree.at("job"), ...args], { stdio: "ignore" });
    git("init");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-m", "a");
    execFileSync("sh", ["-c", 'umask 077 && git clone "$0" "$1"', tree.at("job"), tree.at("clone")], {
      stdio: "ignore",
    });
    assert.equal((await survey(tree.at("clone"), [])).hash, (await survey(tree.at("job"), [])).hash);
  });

  it("is the same in any locale", async () => {
    const tree = await aTree({ Z: "1", a: "2", ä: "3", z: "4", あ: "5", "\u{1f600}": "6", "\uff5e": "7" });
    const program = `
      import { survey } from ${JSON.stringify(import.meta.resolve("../../../provider/packaging/survey.ts"))};
      console.log((await survey(${JSON.stringify(tree.root)}, [])).hash);`;
    for (const locale of ["C", "POSIX", "de_DE.UTF-8", "tr_TR", "ja_JP.eucJP"]) {
      const env = { ...process.env, LANG: locale, LC_ALL: locale };
      const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], { env, encoding: "utf8" });
      assert.equal(output.trim(), await hashOf(tree), locale);
    }
  }).timeout(60_000);

  it("is another for any other path, byte or mode", () => {
    fc.assert(
      fc.property(someFiles, fc.nat(), aFile, (files, position, other) => {
        const index = position % files.length;
        const changed = sorted(files.with(index, other));
        fc.pre(JSON.stringify(changed) !== JSON.stringify(sorted(files)));
        assert.notEqual(identityOf(changed), identityOf(sorted(files)));
      }),
    );
  });

  it("is another with a file more or less", () => {
    fc.assert(
      fc.property(someFiles, (files) => {
        assert.notEqual(identityOf(sorted(files)), identityOf(sorted(files.slice(1))));
      }),
    );
  });

  it("tells the two trees apart that Ray takes for one, since it writes path and content one after the other", async () => {
    const one = await aTree({ a: "bc" });
    const other = await aTree({ ab: "c" });
    assert.notEqual(await hashOf(one), await hashOf(other));
  });

  it("sees that a file has become executable, which Ray does not", async () => {
    const tree = await aTree({ "run.sh": "#!/bin/sh\n" });
    const before = await survey(tree.root, []);
    await chmod(tree.at("run.sh"), 0o755);
    const after = await survey(tree.root, []);
    assert.notEqual(after.hash, before.hash);
    assert.deepEqual([...before.files, ...after.files].map(shortHashOf), [shortHash, `${shortHash}+x`]);
  });

  it("does not see who else than the owner may do what", async () => {
    const tree = await aTree({ "run.sh": "" });
    const hash = await hashOf(tree);
    for (const mode of [0o600, 0o644, 0o664, 0o666, 0o611, 0o4644]) {
      await chmod(tree.at("run.sh"), mode);
      assert.equal(await hashOf(tree), hash, mode.toString(8));
    }
  });

  it("depends on the excludes only through the files they leave", async () => {
    const tree = await aTree({ "a.py": "1", "b.log": "2" });
    assert.equal((await survey(tree.root, ["*.csv"])).hash, await hashOf(tree));
    const less = await aTree({ "a.py": "1" });
    assert.equal((await survey(tree.root, ["*.log"])).hash, await hashOf(less));
  });
});

const shortHash = "a8076d3d28d2";

async function hashOf(tree: Tree): Promise<string> {
  return (await survey(tree.root, [])).hash;
}

const aName = fc.stringMatching(/^[a-z0-9._ é-]{1,6}$/).filter((name) => !/^\.+$|^\.git$|^venv$/.test(name));
const aPath = fc.array(aName, { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));
const aContent: fc.Arbitrary<Content> = fc.oneof(
  fc.string(),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.string().map((executable) => ({ executable })),
);
const aFile: fc.Arbitrary<FileContent> = fc.record({
  path: aPath,
  executable: fc.boolean(),
  digest: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
});
const someFiles = fc.uniqueArray(aFile, { minLength: 1, maxLength: 5, selector: ({ path }) => path });

function sorted(files: readonly FileContent[]): FileContent[] {
  return files.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

/** Whether no other file stands where one of the path's directories has to be. */
function isFree(path: string, files: Readonly<Record<string, unknown>>): boolean {
  return !Object.keys(files).some((other) => path.startsWith(`${other}/`));
}

function isExecutable(content: Content | undefined): boolean {
  return typeof content === "object" && "executable" in content;
}
