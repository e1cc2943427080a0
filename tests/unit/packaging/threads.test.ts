import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { survey } from "../../../provider/packaging/survey.ts";
import { Thread } from "../../../provider/packaging/threads/thread.ts";
import { allDone } from "../../../provider/packaging/threads/threads.ts";
import type { Work } from "../../../provider/packaging/threads/work.ts";
import { aTree, removeTrees, type Tree } from "./aTree.ts";

describe("work on several threads", () => {
  afterEach(removeTrees);

  it("gives the same package, byte for byte, as on a machine with one processor", async () => {
    const tree = await aLargeTree();
    const program = `
      import { availableParallelism } from "node:os";
      import { survey } from ${JSON.stringify(import.meta.resolve("../../../provider/packaging/survey.ts"))};
      import { zipOf } from ${JSON.stringify(import.meta.resolve("../../../provider/packaging/zip/zip.ts"))};
      import { createHash } from "node:crypto";
      const { hash, files } = await survey(${JSON.stringify(tree.root)}, []);
      const sum = createHash("sha256");
      for await (const bytes of zipOf(files)) sum.update(bytes);
      console.log(JSON.stringify({ hash, sum: sum.digest("hex"), processors: availableParallelism() }));`;
    const run = (...command: string[]) => {
      const [file = "", ...args] = [...command, process.execPath, "--input-type=module", "-e", program];
      return JSON.parse(execFileSync(file, args, { encoding: "utf8" })) as Record<string, unknown>;
    };
    const { processors, ...one } = run("taskset", "--cpu-list", "0");
    assert.equal(processors, 1);
    const { processors: _, ...many } = run();
    assert.deepEqual(many, one);
  }).timeout(60_000);

  it("gives its results in their order", async () => {
    const tree = await aLargeTree();
    const { files } = await survey(tree.root, []);
    const works = files.map(({ location }): Work<"digests"> => ({ kind: "digests", given: [location] }));
    const found: string[] = [];
    for await (const made of allDone(works, 1e9)) found.push(...made.map(({ digest }) => digest));
    assert.deepEqual(
      found,
      files.map(({ digest }) => digest.toString("base64")),
    );
  });

  it("fails by the name of a file that is gone, wherever it is read", async () => {
    const tree = await aTree({ a: "1" });
    const gone = { kind: "digests", given: [tree.at("gone")] } as const;
    const problem = { name: "PackagingError", message: /gone": it is gone\. Run it again/ };
    const thread = new Thread();
    await assert.rejects(thread.do(gone), problem);
    thread.end();
    for (const bytes of [0, 1e9]) {
      await assert.rejects(async () => {
        for await (const _ of allDone([gone, gone, gone, gone], bytes));
      }, problem);
    }
  });

  it("is done here when a thread breaks down", async () => {
    const tree = await aTree({ a: "1" });
    const thread = new Thread();
    const made = thread.do({ kind: "digests", given: [tree.at("a")] });
    thread.end();
    const [file] = await made;
    assert.equal(file?.digest, createHash("sha256").update("1").digest("base64"));
    assert.equal(thread.hasRoom, false);
  });

  it("does not keep the process when the package is not taken to its end", async () => {
    const tree = await aLargeTree();
    const program = `
      import { survey } from ${JSON.stringify(import.meta.resolve("../../../provider/packaging/survey.ts"))};
      import { zipOf } from ${JSON.stringify(import.meta.resolve("../../../provider/packaging/zip/zip.ts"))};
      const { files } = await survey(${JSON.stringify(tree.root)}, []);
      for await (const _ of zipOf(files)) break;
      console.log("left");`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], { timeout: 30_000 });
    assert.equal(output.toString(), "left\n");
  }).timeout(60_000);
});

/** Small files and large ones, in turns, of text and of noise. */
async function aLargeTree(): Promise<Tree> {
  const lines = Array.from({ length: 200_000 }, (_, index) => `line ${(index * 7919) % 10_007} of a text\n`).join("");
  const tree = await aTree({
    "b.txt": lines,
    "d.bin": randomBytes(3_000_000),
    "f.txt": Buffer.from(lines).fill(7, 1e6, 2e6),
  });
  for (let index = 0; index < 300; index++) {
    await tree.write(`${"ace"[index % 3]}/${index}`, lines.slice(index * 100, index * 100 + 20_000));
  }
  return tree;
}
