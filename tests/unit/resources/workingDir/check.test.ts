import assert from "node:assert/strict";
import { check } from "../../../../provider/resources/workingDir/check.ts";
import { outputsOf } from "../../../../provider/resources/workingDir/state.ts";
import { archiveOf } from "../../../../provider/values/archive.ts";
import { type PropertyMap, UNKNOWN } from "../../../../provider/values/value.ts";
import { aZip } from "../../../support/aZip.ts";
import { aTree, removeTrees, type Tree } from "../../packaging/aTree.ts";

describe("the check of a WorkingDir", () => {
  let tree: Tree;
  let args: PropertyMap;

  beforeEach(async () => {
    tree = await aTree({ "train.py": "print(1)\n", "run.sh": { executable: "#!/bin/sh\n" } });
    args = { path: tree.root, bucket: "code" };
  });

  afterEach(removeTrees);

  it("finds out what the package is, so that a preview knows its URI", async () => {
    const inputs = await accepted(args);
    assert.deepEqual(inputs, {
      ...args,
      prefix: "working-dirs",
      hash: inputs.hash,
      files: { "run.sh": "a8076d3d28d2+x", "train.py": "cc42155088fc" },
      fileCount: 2,
      sizeBytes: 19,
    });
    assert.match(String(inputs.hash), /^[0-9a-f]{64}$/);
    assert.equal(outputsOf(inputs).uri, `s3://code/working-dirs/${String(inputs.hash)}.zip`);
  });

  it("puts the package at the top of the bucket for an empty prefix", async () => {
    const inputs = await accepted({ ...args, prefix: "" });
    assert.equal(outputsOf(inputs).uri, `s3://code/${String(inputs.hash)}.zip`);
  });

  it("leaves unknown what depends on something that is not known yet, and only that", async () => {
    const elsewhere = await accepted({ ...args, bucket: UNKNOWN });
    assert.equal(elsewhere.fileCount, 2);
    assert.equal(outputsOf(elsewhere).uri, UNKNOWN);
    const unknowns: PropertyMap[] = [
      { path: UNKNOWN },
      { path: null, archive: UNKNOWN },
      { includeParentDir: UNKNOWN },
      { excludes: UNKNOWN },
      { excludes: ["*.log", UNKNOWN] },
    ];
    for (const unknown of unknowns) {
      const outputs = outputsOf(await accepted({ ...args, ...unknown }));
      for (const name of ["hash", "files", "fileCount", "sizeBytes", "uri"]) assert.equal(outputs[name], UNKNOWN, name);
    }
  });

  it("says what is in it when it is new, and warns of what is of concern, new or not", async () => {
    await tree.write(".env", "KEY=x\n");
    const said: PropertyMap = { ...args, expectedFiles: ["trian.py", UNKNOWN] };
    const { inputs, announcement, warnings = [] } = await checked(said);
    assert.equal(announcement, "code: 3 files, 25 bytes");
    assert.equal(warnings.length, 2, warnings.join("\n"));
    const again = await checked(said, inputs);
    assert.equal(again.announcement, undefined);
    assert.deepEqual(again.warnings, warnings);
    assert.deepEqual((await checked({ ...said, path: UNKNOWN })).warnings, []);
  });

  it("warns of a module whose directory Ray takes off, and not of what is no module or not known to be one", async () => {
    await tree.write("tools.zip", aZip("tools/__init__.py"));
    const said: PropertyMap = { bucket: "code", path: tree.at("tools.zip") };
    const { warnings = [] } = await checked({ ...said, asModule: true });
    assert.match(
      warnings.join("\n"),
      /^"[^"]*tools\.zip" holds the directory "tools" alone, .*`import tools` will fail/,
    );
    for (const asModule of [false, null, UNKNOWN] as const) {
      assert.deepEqual((await checked({ ...said, asModule })).warnings, []);
    }
  });

  it("names a wheel by its own name, from a path or an archive", async () => {
    const wheel = "model-1.0-py3-none-any.whl";
    await tree.write(wheel, aZip("model/__init__.py"));
    for (const source of [{ path: tree.at(wheel) }, { archive: archiveOf({ path: tree.at(wheel) }) }]) {
      const inputs = await accepted({ bucket: "code", ...source });
      assert.equal(outputsOf(inputs).uri, `s3://code/working-dirs/${String(inputs.hash)}/${wheel}`);
    }
  });

  it("does not take what it has found out before for something that the program says", async () => {
    const before = await accepted(args);
    await tree.write("train.py", "print(2)\n");
    const after = await accepted(args, before);
    assert.notEqual(after.hash, before.hash);
    assert.deepEqual(after, await accepted(args));
  });

  it("keeps the package when the engine says so: `ignoreChanges` gives old inputs as new ones", async () => {
    const before = await accepted(args);
    await tree.write("train.py", "print(2)\n");
    assert.deepEqual(await accepted({ ...args, hash: before.hash }, before), before);
    const { files } = before;
    assert.notEqual((await accepted({ ...args, files }, before)).hash, before.hash);
  });

  it("lists a thousand files and counts all", async () => {
    for (let index = 0; index < 1_001; index += 1) await tree.write(`many/${index}`, "");
    const { files, fileCount } = await accepted(args);
    assert.equal(Object.keys(files as object).length, 1_000);
    assert.equal(fileCount, 1_003);
  });

  const refusals: {
    readonly said: PropertyMap;
    readonly at: string;
    readonly says: RegExp;
    readonly because: string;
  }[] = [
    { said: { path: null }, at: "path", says: /Set "path" to a directory/, because: "there is nothing to package" },
    { said: { bucket: null }, at: "bucket", says: /"bucket" is missing/, because: "there is nowhere to put it" },
    {
      said: { path: "" },
      at: "path",
      says: /is no directory or file of this machine/,
      because: "it is probably a variable",
    },
    {
      said: { path: "s3://code/a.zip" },
      at: "path",
      says: /runtimeEnv\.workingDir/,
      because: "it is stored already",
    },
    { said: { bucket: "s3://code" }, at: "bucket", says: /Give its name alone/, because: "that is a URI" },
    { said: { bucket: "Code" }, at: "bucket", says: /S3 does not take such a name/, because: "S3 has lower case only" },
    {
      said: { archive: archiveOf({ path: "a.zip" }) },
      at: "archive",
      says: /both "path" and "archive"/,
      because: "nobody knows which",
    },
    { said: { path: null, archive: "a.zip" }, at: "archive", says: /must be an archive/, because: "that is a path" },
    {
      said: { path: null, archive: archiveOf({ uri: "https://example.com/a.zip" }) },
      at: "archive",
      says: /is on a server\. Give its URI to the job/,
      because: "the job can fetch it",
    },
    { said: { prefix: "/a" }, at: "prefix", says: /under the prefix "\/a"/, because: "an empty name would be first" },
    { said: { prefix: "a//b" }, at: "prefix", says: /single "\/"/, because: "an empty name would be inside" },
    { said: { prefix: "a b" }, at: "prefix", says: /Use letters/, because: "URLs have no spaces" },
    { said: { excludes: "*.log" }, at: "excludes", says: /must be a list/, because: "there may be many" },
    { said: { exclude: ["a"] }, at: "exclude", says: /Did you mean "excludes"/, because: "it is spelled wrong" },
    { said: { hash: "abc" }, at: "hash", says: /There is no property "hash" here/, because: "the content decides" },
    { said: { files: { a: "b" } }, at: "files", says: /no property "files"/, because: "the content decides" },
    { said: { path: "nowhere" }, at: "path", says: /nowhere": there is no such directory/, because: "there is none" },
    {
      said: { excludes: ["*"] },
      at: "path",
      says: /all that is in it is ignored \(2 files/,
      because: "nothing is left",
    },
  ];

  for (const { said, at, says, because } of refusals) {
    it(`refuses ${JSON.stringify(said)}: ${because}`, async () => {
      const { failures } = await checked({ ...args, ...said });
      assert.deepEqual(
        failures.map(({ path }) => path.join(".")),
        [at],
      );
      assert.match(failures[0]?.reason ?? "", says);
    });
  }

  it("tells everything that is wrong at once", async () => {
    const { failures } = await checked({ path: "nowhere", bucket: "Code", prefix: "/" });
    assert.deepEqual(
      failures.map(({ path }) => path[0]),
      ["bucket", "prefix", "path"],
    );
  });

  function checked(newInputs: PropertyMap, oldInputs: PropertyMap = {}) {
    return check({ urn: "urn", name: "code", oldInputs, newInputs, secrets: [], configuration: {} });
  }

  async function accepted(newInputs: PropertyMap, oldInputs: PropertyMap = {}): Promise<PropertyMap> {
    const { inputs, failures } = await checked(newInputs, oldInputs);
    assert.deepEqual(failures, []);
    return inputs;
  }
});
