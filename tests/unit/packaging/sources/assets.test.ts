import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { packageOf } from "../../../../provider/packaging/sources/packageOf.ts";
import { archiveOf, assetOf } from "../../../../provider/values/archive.ts";
import type { PropertyMap } from "../../../../provider/values/value.ts";
import { aZip } from "../../../support/aZip.ts";
import { aTree, removeTrees, type Tree } from "../aTree.ts";

describe("an archive of assets", () => {
  let tree: Tree;

  beforeEach(async () => {
    tree = await aTree({
      "job/train.py": "print(1)\n",
      "job/src/model.py": "layers = 3\n",
      "job/src/run.sh": { executable: "#!/bin/sh\n" },
      "job/.gitignore": "*.log\n",
      "job/src/a.log": "",
      "src.zip": aZip(
        { name: "model.py", content: "layers = 3\n", method: 8 },
        { name: "run.sh", content: "#!/bin/sh\n", mode: 0o100755 },
      ),
    });
  });

  afterEach(removeTrees);

  it("is the same package as a directory with these files, whatever they come from", async () => {
    const directory = await packageOf({ path: "job", ...plain }, tree.root);
    const ignores = assetOf({ text: "*.log\n" });
    const forms: PropertyMap[] = [
      {
        "train.py": assetOf({ text: "print(1)\n" }),
        ".gitignore": ignores,
        src: archiveOf({ assets: { "model.py": file("job/src/model.py"), "run.sh": file("job/src/run.sh") } }),
      },
      {
        ".gitignore": ignores,
        "src/run.sh": file("job/src/run.sh"),
        "./src/model.py": assetOf({ text: "layers = 3\n" }),
        "train.py": file("job/train.py"),
      },
      { ".gitignore": ignores, "train.py": file("job/train.py"), src: archiveOf({ path: "src.zip" }) },
    ];
    for (const assets of forms) {
      const made = await packaged(assets);
      assert.equal(made.hash, directory.hash);
      assert.deepEqual(made.listing, directory.listing);
      assert((await buffer(made.bytes())).equals(await buffer(directory.bytes())));
    }
  });

  it("of a file archive of the directory is that directory, by its ignore files", async () => {
    const directory = await packageOf({ path: "job", ...plain }, tree.root);
    const archive = archiveOf({ path: "job" });
    assert.equal((await packageOf({ archive, ...plain }, tree.root)).hash, directory.hash);
  });

  it("holds directories without what is to be ignored in them, but all that is named", async () => {
    const made = await packaged(
      { lib: archiveOf({ path: "job/src" }), "lib.log": assetOf({ text: "" }) },
      { excludes: ["*.log", "*.sh"] },
    );
    assert.deepEqual(Object.keys(made.listing), ["lib.log", "lib/model.py"]);
  });

  it("gives the starts of its texts and files", async () => {
    const made = await packaged({ a: assetOf({ text: "text" }), b: file("job/train.py"), c: file("job/src/run.sh") });
    const starts = await made.startsOf([
      { path: "a", size: 4 },
      { path: "b", size: 9 },
    ]);
    assert.deepEqual(
      [...starts].map(([path, start]) => [path, String(start)]),
      [
        ["a", "text"],
        ["b", "print(1)\n"],
      ],
    );
  });

  it("has the identity of its paths and texts, for any of them", async () => {
    const name = fc.stringMatching(/^[a-z]{1,3}$/);
    const files = fc.dictionary(name, fc.string({ unit: "grapheme" }), {
      minKeys: 1,
      maxKeys: 4,
      noNullPrototype: true,
    });
    await fc.assert(
      fc.asyncProperty(files, async (texts) => {
        const copy = await aTree(texts);
        const assets = Object.entries(texts).map(([path, text]) => [path, assetOf({ text })]);
        const made = await packaged(Object.fromEntries(assets.reverse()));
        assert.equal(made.hash, (await packageOf({ path: copy.root, ...plain })).hash);
      }),
      { numRuns: 30 },
    );
  });

  it("is refused when a zip file in it has been damaged on its way", async () => {
    const zip = aZip({ name: "model.py", content: "layers = 3\n" });
    zip.write("9", zip.indexOf("3"));
    await writeFile(tree.at("src.zip"), zip);
    await assert.rejects(packaged({ src: archiveOf({ path: "src.zip" }) }), {
      name: "PackagingError",
      message: /src\.zip": "model\.py" in it is damaged/,
    });
  });

  const refusals: { readonly assets: PropertyMap; readonly says: RegExp }[] = [
    { assets: {}, says: /the archive: it has no files/ },
    { assets: { "/etc/a": assetOf({ text: "" }) }, says: /asset "\/etc\/a": that is no path inside/ },
    { assets: { "../a": assetOf({ text: "" }) }, says: /asset "\.\.\/a": that is no path inside/ },
    { assets: { "a\\b": assetOf({ text: "" }) }, says: /that is no path inside/ },
    { assets: { "": assetOf({ text: "" }) }, says: /that is no path inside/ },
    { assets: { a: "text" }, says: /"a": it is neither an asset nor an archive\. Make it one/ },
    { assets: { a: assetOf({ uri: "https://example.com/a" }) }, says: /"https:\/\/example\.com\/a" is on a server/ },
    { assets: { a: archiveOf({ uri: "https://example.com/a.zip" }) }, says: /is on a server\. Download it/ },
    { assets: { a: assetOf({ path: "nowhere" }) }, says: /Cannot read ".*nowhere": there is no such file\. Correct/ },
    { assets: { a: assetOf({ path: "job" }) }, says: /Cannot read ".*job": it is a directory\. Name a file, or/ },
    { assets: { a: archiveOf({ path: "nowhere" }) }, says: /nowhere": there is no such directory/ },
    {
      assets: { "a/b": assetOf({ text: "" }), a: archiveOf({ assets: { b: assetOf({ text: "" }) } }) },
      says: /has it twice/,
    },
    { assets: { "a/b/c": assetOf({ text: "" }), a: assetOf({ text: "" }) }, says: /"a\/b\/c": "a" is a file/ },
  ];

  for (const { assets, says } of refusals) {
    it(`is refused where it holds ${JSON.stringify(Object.keys(assets))}: ${says.source}`, async () => {
      await assert.rejects(packaged(assets), { name: "PackagingError", message: says });
    });
  }

  function file(path: string): PropertyMap {
    return assetOf({ path });
  }

  function packaged(assets: PropertyMap, { excludes = [] }: { readonly excludes?: readonly string[] } = {}) {
    return packageOf({ archive: archiveOf({ assets }), ...plain, excludes }, tree.root);
  }
});

describe("a package with the directory itself", () => {
  afterEach(removeTrees);

  it("is the same as an archive that names the directory, and another than that of its content", async () => {
    const tree = await aTree({ "libs/my_module/__init__.py": "x = 1\n" });
    const wrapped = await packageOf({ path: "libs/my_module", excludes: [], includeParentDir: true }, tree.root);
    assert.deepEqual(Object.keys(wrapped.listing), ["my_module/__init__.py"]);
    assert((await buffer(wrapped.bytes())).includes("working-dir/my_module/__init__.py"));
    const archive = archiveOf({ assets: { my_module: archiveOf({ path: "libs/my_module" }) } });
    assert.equal((await packageOf({ archive, ...plain }, tree.root)).hash, wrapped.hash);
    assert.notEqual((await packageOf({ path: "libs/my_module", ...plain }, tree.root)).hash, wrapped.hash);
  });

  it("cannot be made of an archive of assets, which has none", async () => {
    const archive = archiveOf({ assets: { a: assetOf({ text: "" }) } });
    const made = packageOf({ archive, excludes: [], includeParentDir: true });
    await assert.rejects(made, /an archive of assets has no directory/);
  });
});

const plain = { excludes: [], includeParentDir: false };
