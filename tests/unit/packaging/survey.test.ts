import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { survey } from "../../../provider/packaging/survey.ts";
import { aTree, removeTrees } from "./aTree.ts";

describe("survey", () => {
  afterEach(removeTrees);

  it("gives files, their sizes and the sum of these", async () => {
    const tree = await aTree({ "train.py": "12345", "src/a.py": "678" });
    const { files, sizeBytes } = await survey(tree.root, []);
    assert.deepEqual(
      files.map(({ path, size }) => [path, size]),
      [
        ["src/a.py", 3],
        ["train.py", 5],
      ],
    );
    assert.equal(sizeBytes, 8);
  });

  it("takes a relative path from the folder that it is given", async () => {
    const tree = await aTree({ "job/train.py": "" });
    const { files } = await survey("job", [], tree.root);
    assert.deepEqual(
      files.map(({ location }) => location),
      [tree.at("job/train.py")],
    );
  });

  it("names the absolute path that it has tried when there is no such directory", async () => {
    await assert.rejects(survey("nowhere", [], import.meta.dirname), {
      name: "PackagingError",
      message:
        `Cannot package "${join(import.meta.dirname, "nowhere")}": there is no such directory. ` +
        "Correct the path; a relative one starts at the program's folder",
    });
  });

  it("suggests `workDir` when the program's folder is one that the Automation API has made", async () => {
    const tree = await aTree({ "Pulumi.yaml": "", "Pulumi.dev.yaml": "" });
    await assert.rejects(survey("./job", [], tree.root), {
      message:
        `Cannot package "${tree.at("job")}": there is no such directory. Set \`workDir\` in the options of the Automation ` +
        "API, or give an absolute path; a relative one starts at the program's folder, which is an empty temporary one for " +
        "an inline program",
    });
  });

  it("does not suggest it for a folder with a program, nor for an absolute path", async () => {
    const tree = await aTree({ "Pulumi.yaml": "", "index.ts": "" });
    await assert.rejects(survey("job", [], tree.root), /starts at the program's folder$/);
    const empty = await aTree({});
    await assert.rejects(survey(empty.at("job"), [], empty.root), /there is no such directory\. Correct the path$/);
  });

  it("refuses a file in place of a directory", async () => {
    const tree = await aTree({ "train.py": "" });
    await assert.rejects(survey("train.py", [], tree.root), {
      message: `Cannot package "${tree.at("train.py")}": it is not a directory, nor a .zip or .whl file. Name the directory that it is in, or the one that the archive was made of`,
    });
    await assert.rejects(survey("train.py/deeper", [], tree.root), /there is no such directory/);
  });

  it("refuses an empty directory", async () => {
    const tree = await aTree({});
    await assert.rejects(survey(tree.root, []), {
      message: `Cannot package "${tree.root}": it has no files. Put the job's code there`,
    });
    await mkdir(tree.at("empty"));
    await assert.rejects(survey(tree.root, []), /it has no files/);
  });

  it("says how much is ignored when nothing is left", async () => {
    const tree = await aTree({ "a.log": "", "b.log": "", ".git/HEAD": "" });
    await assert.rejects(survey(tree.root, ["*.log"]), {
      message:
        `Cannot package "${tree.root}": all that is in it is ignored (3 files and directories). ` +
        "Look at .gitignore, .rayignore and `excludes`",
    });
    await assert.rejects(survey(tree.root, ["*.log", "!a.log", "a.log", "!.git", "HEAD"]), /ignored \(3 files/);
  });

  it("names a file that cannot be read, and what to do", async () => {
    const tree = await aTree({ "job/train.py": "", "job/secret.bin": "" });
    await chmod(tree.root, 0o755);
    await chmod(tree.at("job/secret.bin"), 0);
    await asNobody(async () => {
      await assert.rejects(survey(tree.at("job"), []), {
        message: `Cannot read "${tree.at("job/secret.bin")}": permission denied. Make it readable, or name it in \`excludes\``,
      });
      assert.equal((await survey(tree.at("job"), ["secret.bin"])).files.length, 1);
    });
    await chmod(tree.at("job"), 0);
    await asNobody(() => assert.rejects(survey(tree.at("job"), []), /Cannot read ".*\/job": permission denied/));
  });

  it("reads what is larger than its buffer", async () => {
    const content = randomBytes(3_000_001);
    const tree = await aTree({ large: content });
    const [file] = (await survey(tree.root, [])).files;
    assert.equal(file?.size, 3_000_001);
    assert.deepEqual(file.digest, createHash("sha256").update(content).digest());
  });

  it("gives way to the rest of the process while it reads much", async () => {
    const tree = await aTree({ large: Buffer.alloc(200_000_000) });
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 1);
    await survey(tree.root, []);
    clearInterval(ticking);
    assert(ticks > 0);
  });
});

/** As root one may read everything. */
async function asNobody(run: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return run();
  process.seteuid?.(65534);
  try {
    await run();
  } finally {
    process.seteuid?.(0);
  }
}
