import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { packageOf } from "../../../../provider/packaging/sources/packageOf.ts";
import { survey } from "../../../../provider/packaging/survey.ts";
import { zipOf } from "../../../../provider/packaging/zip/zip.ts";
import { aZip, type Made } from "../../../support/aZip.ts";
import { aTree, removeTrees } from "../aTree.ts";

describe("a ready zip file", () => {
  afterEach(removeTrees);

  it("is stored as it is; its identity is that of its bytes", async () => {
    const zip = aZip(
      { name: "train.py", content: "print(1)\n" },
      { name: "run.sh", mode: 0o100755, method: 8, content: "x" },
    );
    const made = await packaged(zip);
    assert.equal(made.hash, createHash("sha256").update(zip).digest("hex"));
    assert(zip.equals(await buffer(made.bytes())));
    assert.deepEqual(
      made.files.map(({ path, size }) => [path, size]),
      [
        ["run.sh", 1],
        ["train.py", 9],
      ],
    );
    assert.match(made.listing["train.py"] ?? "", /^[0-9a-f]{8}0009$/);
    assert.match(made.listing["run.sh"] ?? "", /^[0-9a-f]{8}0001\+x$/);
    assert.deepEqual([made.sizeBytes, made.notes], [10, []]);
  });

  it("lists what the job sees: without the directory that Ray takes off", async () => {
    const made = await packaged(aZip("job/", "job/train.py", "job/src/a.py", "__MACOSX/job/._train.py"));
    assert.deepEqual(Object.keys(made.listing), ["src/a.py", "train.py"]);
  });

  it("can be what this package makes itself", async () => {
    const tree = await aTree({ "train.py": "print(1)\n", "src/a.py": "" });
    const made = await packaged(await buffer(zipOf((await survey(tree.root, [])).files)));
    assert.deepEqual(Object.keys(made.listing), ["src/a.py", "train.py"]);
  });

  it("lets the starts of its files be read", async () => {
    const key = { name: "job/key", content: "-----BEGIN PRIVATE KEY-----", method: 8 };
    const made = await packaged(aZip(key, "job/train.py"));
    const starts = await made.startsOf(made.files.filter(({ path }) => path === "key"));
    assert.deepEqual(
      [...starts].map(([path, start]) => [path, start.toString()]),
      [["key", key.content]],
    );
  });

  it("is refused when a file that is looked into cannot be unpacked", async () => {
    const key = { name: "key", content: "-----BEGIN PRIVATE KEY-----\n".repeat(9), method: 8 };
    const zip = aZip(key, "train.py");
    zip.fill(0xff, 33, 45); // behind the header, which names the file
    const made = await packaged(zip);
    const says = /job\.zip": "key" in it is damaged\. Make it again/;
    await assert.rejects(made.startsOf(made.files), { name: "PackagingError", message: says });
  });

  it("fails before its last byte when it has changed", async () => {
    const tree = await aTree({ "job.zip": aZip({ name: "train.py", content: randomBytes(600_000) }) });
    const made = await packageOf(source(tree.at("job.zip")));
    await writeFile(tree.at("job.zip"), randomBytes(600_000));
    await assert.rejects(buffer(made.bytes()), /job\.zip": it was changed meanwhile/);
  });

  it("warns of links, which Ray cannot unpack, and of excludes, which have no effect", async () => {
    const tree = await aTree({ "job.zip": aZip("train.py", { name: "data", mode: 0o120777, content: "/data" }) });
    const { notes } = await packageOf({ ...source(tree.at("job.zip")), excludes: ["*.log"] });
    assert.equal(notes.length, 2);
    assert.match(notes[0] ?? "", /holds symbolic links \(data\), .*\. Make it without `zip -y`$/);
    assert.match(notes[1] ?? "", /`excludes` leaves nothing out of it\. Drop `excludes`, or name/);
  });

  const modules: { readonly paths: readonly string[]; readonly warns: boolean; readonly because: string }[] = [
    { paths: ["tools/__init__.py", "tools/a.py"], warns: true, because: "Ray takes the module's directory off" },
    { paths: ["__MACOSX/tools/._a.py", "tools/__init__.py"], warns: true, because: "macOS adds that" },
    { paths: ["libs/tools/__init__.py"], warns: false, because: "Ray takes the directory off that the module is in" },
    { paths: ["tools/__init__.py", "README.md"], warns: false, because: "Ray takes nothing off" },
    { paths: ["tools/__init__.py", "more/__init__.py"], warns: false, because: "Ray takes nothing off" },
    { paths: ["tools/a.py"], warns: false, because: "it may be meant to be `import a`" },
    { paths: ["__init__.py", "a.py"], warns: false, because: "there is no directory" },
  ];
  for (const { paths, warns, because } of modules) {
    it(`${warns ? "warns" : "does not warn"} of a module with ${paths.join(", ")}: ${because}`, async () => {
      const tree = await aTree({ "tools.zip": aZip(...paths) });
      const { notes } = await packageOf({ ...source(tree.at("tools.zip")), asModule: true });
      assert.deepEqual(
        notes,
        warns
          ? [
              `"${tree.at("tools.zip")}" holds the directory "tools" alone, which Ray takes off: \`import tools\` will fail. ` +
                'Zip the directory that "tools" is in, or name "tools" itself instead of the file',
            ]
          : [],
      );
    });
  }

  it("may be a working directory with such a directory, whose place is the module's", async () => {
    assert.deepEqual((await packaged(aZip("tools/__init__.py", "tools/train.py"))).notes, []);
  });

  it("cannot have the directory itself put into it", async () => {
    const tree = await aTree({ "job.zip": aZip("train.py") });
    const put = packageOf({ ...source(tree.at("job.zip")), includeParentDir: true });
    await assert.rejects(put, /it is stored as it is\. Drop `includeParentDir`/);
  });

  it("may be a directory that is called so", async () => {
    const tree = await aTree({ "job.zip/train.py": "" });
    assert.deepEqual(Object.keys((await packageOf(source(tree.at("job.zip")))).listing), ["train.py"]);
  });

  it("is said to be missing as a file", async () => {
    await assert.rejects(
      packageOf(source("nowhere.zip")),
      /nowhere\.zip": there is no such file\. Correct the path; a relative/,
    );
  });

  const refusals: { readonly zip: Buffer; readonly says: RegExp; readonly because: string }[] = [
    { zip: Buffer.from("print(1)\n"), says: /no zip file, or not all of it/, because: "it is a text" },
    { zip: Buffer.alloc(0), says: /no zip file, or not all of it/, because: "it is empty" },
    { zip: aZip("train.py").subarray(0, -10), says: /no zip file, or not all of it/, because: "its end is missing" },
    { zip: aZip("train.py").subarray(10), says: /no zip file, or not all of it/, because: "its start is missing" },
    { zip: aZip(), says: /it has no files\. Make it again, with/, because: "nothing is in it" },
    { zip: aZip("job/"), says: /it has no files/, because: "an empty directory is in it" },
    { zip: aZip("/etc/passwd"), says: /"\/etc\/passwd" does not lie inside/, because: "a path is absolute" },
    { zip: aZip("a/../../b"), says: /"a\/\.\.\/\.\.\/b" does not lie inside/, because: "a path leads out" },
    {
      zip: aZip("src\\a.py"),
      says: /"src\\a\.py" has a backslash/,
      because: "only Windows takes that for a directory",
    },
    { zip: aZip("a.py", "b.py", "a.py"), says: /it holds a\.py twice/, because: "the one or the other is lost" },
    { zip: aZip("a.py", "./a.py"), says: /it holds \.\/a\.py twice/, because: "that is the same place" },
    {
      zip: aZip("a", "a/"),
      says: /it holds a as a file and as a directory/,
      because: "a directory is where a file is",
    },
    { zip: aZip("a/b/c.py", "./a"), says: /it holds a as a file and as a directory/, because: "one lies in a file" },
    { zip: aZip(encrypted("a.py")), says: /"a\.py" is encrypted/, because: "Ray has no password" },
    {
      zip: aZip({ name: "a.py", method: 9 }),
      says: /cannot unpack "a\.py" \(compression method 9\)/,
      because: "it is Deflate64",
    },
  ];

  for (const { zip, says, because } of refusals) {
    it(`is refused when ${because}`, async () => {
      const tree = await aTree({ "job.zip": zip });
      await assert.rejects(packageOf(source(tree.at("job.zip"))), { name: "PackagingError", message: says });
    });
  }

  async function packaged(zip: Buffer) {
    const tree = await aTree({ "job.zip": zip });
    return packageOf(source(tree.at("job.zip")));
  }
});

describe("a wheel", () => {
  afterEach(removeTrees);

  for (const name of ["model-1.0-py3-none-any.whl", "my_pkg-2.1.0+cu118-1-cp311-cp311-manylinux_2_17_x86_64.whl"]) {
    it(`is taken under the name ${name}, with all its directories`, async () => {
      const tree = await aTree({ [name]: aZip("model/__init__.py") });
      assert.deepEqual(Object.keys((await packageOf(source(tree.at(name)))).listing), ["model/__init__.py"]);
    });
  }

  it("keeps the module that is all of it", async () => {
    const name = "model-1.0-py3-none-any.whl";
    const tree = await aTree({ [name]: aZip("model/__init__.py") });
    assert.deepEqual((await packageOf({ ...source(tree.at(name)), asModule: true })).notes, []);
  });

  it("is no directory", async () => {
    const tree = await aTree({ "model-1.0-py3-none-any.whl/model/__init__.py": "" });
    const made = packageOf(source(tree.at("model-1.0-py3-none-any.whl")));
    await assert.rejects(made, /it is a directory that is called like a wheel/);
  });

  for (const name of ["model.whl", "model-1.0.whl", "model 1.0-py3-none-any.whl"]) {
    it(`is refused under the name ${name}`, async () => {
      const tree = await aTree({ [name]: aZip("model/__init__.py") });
      await assert.rejects(packageOf(source(tree.at(name))), /pip knows no wheel of such a name/);
    });
  }
});

function encrypted(name: string): Made {
  return { name, isEncrypted: true };
}

function source(path: string) {
  return { path, excludes: [], includeParentDir: false };
}
