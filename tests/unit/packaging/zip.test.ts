import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { appendFile, chmod, rm, truncate, writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { survey } from "../../../provider/packaging/survey.ts";
import { directoryRecord, endRecords, localHeader } from "../../../provider/packaging/zip/records.ts";
import { zipOf } from "../../../provider/packaging/zip/zip.ts";
import { aTree, type Content, removeTrees, type Tree } from "./aTree.ts";

describe("zipOf", () => {
  afterEach(removeTrees);

  it("puts all into one directory, which Ray takes off, and keeps contents and executability", async () => {
    const large = randomBytes(3_000_000);
    const repeated = Buffer.alloc(5_000_000, "line\n");
    const tree = await aTree({
      "train.py": "print(1)\n",
      "src/run.sh": { executable: "#!/bin/sh\n" },
      "data/random.bin": large,
      "data/repeated.txt": repeated,
      "ü ñ.txt": "é",
      empty: "",
    });
    const entries = await unzipped(await zipped(tree));
    assert.deepEqual(
      entries.map(({ name, mode }) => [name, mode]),
      [
        ["working-dir/data/random.bin", "100644"],
        ["working-dir/data/repeated.txt", "100644"],
        ["working-dir/empty", "100644"],
        ["working-dir/src/run.sh", "100755"],
        ["working-dir/train.py", "100644"],
        ["working-dir/ü ñ.txt", "100644"],
      ],
    );
    const digests = [large, repeated, "", "#!/bin/sh\n", "print(1)\n", "é"].map(sha256);
    assert.deepEqual(
      entries.map(({ digest }) => digest),
      digests,
    );
  });

  it("compresses what shrinks and stores what does not", async () => {
    const tree = await aTree({
      "small.bin": randomBytes(1_000),
      "small.txt": "line\n".repeat(1_000),
      "large.bin": randomBytes(2_000_000),
      "large.txt": "line\n".repeat(500_000),
    });
    const bytes = await zipped(tree);
    const stored = (await unzipped(bytes)).map(({ name, method }) => [name.split("/")[1], method]);
    assert.deepEqual(Object.fromEntries(stored), { "small.bin": 0, "small.txt": 8, "large.bin": 0, "large.txt": 8 });
    assert(bytes.length < 2_100_000);
  });

  it("is the same, byte for byte, a second time, of a copy, and in any time zone", async () => {
    const files = { "train.py": "print(1)\n", "large.txt": "line\n".repeat(500_000), "run.sh": { executable: "" } };
    const [one, copy] = [await aTree(files), await aTree(files)];
    await chmod(copy.at("train.py"), 0o600);
    const bytes = await zipped(one);
    assert.deepEqual(await zipped(one), bytes);
    assert.deepEqual(await zipped(copy), bytes);
    const program = `
      import { survey } from ${JSON.stringify(import.meta.resolve("../../../provider/packaging/survey.ts"))};
      import { zipOf } from ${JSON.stringify(import.meta.resolve("../../../provider/packaging/zip/zip.ts"))};
      zipOf((await survey(${JSON.stringify(one.root)}, [])).files).pipe(process.stdout);`;
    for (const TZ of ["Asia/Tokyo", "America/St_Johns", "Pacific/Kiritimati"]) {
      const options = { env: { ...process.env, TZ }, maxBuffer: 1e8 };
      assert.deepEqual(execFileSync(process.execPath, ["--input-type=module", "-e", program], options), bytes, TZ);
    }
  });

  it("gives the same tree again, whatever is in it", async () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9._ éあ-]{1,8}$/).filter((each) => !/^\.|^venv$/.test(each));
    const content = fc.oneof(
      fc.string(),
      fc.string().map((executable) => ({ executable })),
    );
    const tree = fc.dictionary(name, fc.dictionary(name, content, { minKeys: 1, maxKeys: 4 }), {
      minKeys: 1,
      maxKeys: 3,
    });
    await fc.assert(
      fc.asyncProperty(tree, async (directories) => {
        const files: Record<string, Content> = {};
        for (const [directory, inside] of Object.entries(directories)) {
          for (const [file, each] of Object.entries(inside)) files[`${directory}/${file}`] = each;
        }
        const entries = await unzipped(await zipped(await aTree(files)));
        const found = entries.map((entry) => [entry.name.slice("working-dir/".length), entry.mode, entry.digest]);
        const expected = Object.entries(files).map(([path, each]) =>
          typeof each === "object" && "executable" in each
            ? [path, "100755", sha256(each.executable)]
            : [path, "100644", sha256(String(each))],
        );
        assert.deepEqual(found.sort(), expected.sort());
      }),
      { numRuns: 10 },
    );
  }).timeout(60_000);

  for (const [size, what] of [
    [10, "small"],
    [3_000_000, "large"],
  ] as const) {
    it(`fails by the name of a ${what} file that was changed since the survey, before its last byte`, async () => {
      const tree = await aTree({ "a.txt": "x".repeat(size), "b.txt": "x" });
      const { files } = await survey(tree.root, []);
      await appendFile(tree.at("a.txt"), "y");
      await assert.rejects(buffer(zipOf(files)), {
        name: "PackagingError",
        message: `Cannot package "${tree.at("a.txt")}": it was changed meanwhile. Run it again once nothing writes to it`,
      });
      await truncate(tree.at("a.txt"), 20_000_000_000);
      await assert.rejects(buffer(zipOf(files)), /it was changed meanwhile/);
      await writeFile(tree.at("a.txt"), `y${"x".repeat(size - 1)}`);
      await assert.rejects(buffer(zipOf(files)), /it was changed meanwhile/);
      await rm(tree.at("a.txt"));
      await assert.rejects(buffer(zipOf(files)), /a\.txt": it is gone/);
    });
  }

  it("keeps little in memory", async () => {
    const piece = randomBytes(1_000_000);
    const tree = await aTree({ "large.bin": Buffer.concat(Array.from({ length: 150 }, () => piece)) });
    for (let index = 0; index < 50; index += 1) await tree.write(`small/${index}`, piece);
    const { files, sizeBytes } = await survey(tree.root, []);
    let most = 0;
    let total = 0;
    const before = process.memoryUsage();
    for await (const bytes of zipOf(files)) {
      total += bytes.length;
      const { external, arrayBuffers, heapUsed } = process.memoryUsage();
      most = Math.max(
        most,
        external + arrayBuffers + heapUsed - before.external - before.arrayBuffers - before.heapUsed,
      );
    }
    assert(total >= sizeBytes);
    assert(most < 150e6, `${most} bytes`);
  }).timeout(60_000);
});

describe("the records of a zip file", () => {
  const far = {
    name: "working-dir/a",
    mode: 0o100644,
    method: 0,
    crc: 0,
    compressedSize: 1,
    size: 1,
    offset: 5e9,
  } as const;

  it("have 64 bits for what lies behind the first four gigabytes", async () => {
    // Where the file would start does not matter to its directory: readers look for that from the end.
    const directory = directoryRecord(far);
    const entries = await listed(Buffer.concat([directory, endRecords(1, directory.length, 0)]));
    assert.deepEqual(entries, [["working-dir/a", 1, 5e9]]);
  });

  it("count more files than fit into 16 bits", async () => {
    const records = Array.from({ length: 70_000 }, (_, index) =>
      directoryRecord({ ...far, name: `${index}`, offset: 0 }),
    );
    const directory = Buffer.concat(records);
    const entries = await listed(Buffer.concat([directory, endRecords(records.length, directory.length, 0)]));
    assert.equal(entries.length, 70_000);
    assert.deepEqual(entries.at(-1), ["69999", 1, 0]);
  });

  it("have 64 bits for larger files", async () => {
    const directory = directoryRecord({ ...far, offset: 0, size: 6e9, compressedSize: 5e9 });
    const entries = await listed(Buffer.concat([directory, endRecords(1, directory.length, 0)]));
    assert.deepEqual(entries, [["working-dir/a", 6e9, 0]]);
  });

  it("announce 64 bits behind the data where these may need them", () => {
    const begun = { name: "a", mode: 0o100644, method: 0, size: 5e9, offset: 0 } as const;
    const [small, large] = [false, true].map((isLarge) => localHeader({ ...begun, streamed: { isLarge } }));
    assert.equal(large?.length, (small?.length ?? 0) + 20);
    assert.equal(large?.readUInt32LE(18), 0xffffffff);
    assert.equal(small?.readUInt32LE(18), 0);
  });
});

async function zipped(tree: Tree): Promise<Buffer> {
  return buffer(zipOf((await survey(tree.root, [])).files));
}

interface Entry {
  readonly name: string;
  readonly mode: string;
  readonly method: number;
  readonly digest: string;
}

/** The entries as Python's zipfile reads them, which Ray uses; it also checks their checksums. */
async function unzipped(bytes: Buffer): Promise<Entry[]> {
  return python(
    bytes,
    'dict(name=i.filename, mode="%o" % (i.external_attr >> 16), method=i.compress_type,' +
      " digest=hashlib.sha256(z.read(i)).hexdigest())",
  ) as Entry[];
}

async function listed(bytes: Buffer): Promise<unknown[]> {
  return python(bytes, "(i.filename, i.file_size, i.header_offset)") as unknown[];
}

function python(bytes: Buffer, each: string): unknown {
  const program = `
import hashlib, io, json, sys, zipfile
z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
print(json.dumps([${each} for i in z.infolist()]))`;
  const { stdout, stderr } = spawnSync("python3", ["-c", program], { input: bytes, maxBuffer: 1e9 });
  if (stdout.length === 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString());
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
