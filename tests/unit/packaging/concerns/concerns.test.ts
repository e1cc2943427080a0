import assert from "node:assert/strict";
import { concernsAbout, concernsOf } from "../../../../provider/packaging/concerns/concerns.ts";
import { packageOf } from "../../../../provider/packaging/sources/packageOf.ts";
import { aZip } from "../../../support/aZip.ts";
import { aTree, removeTrees } from "../aTree.ts";

const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ\n";

describe("the concerns about a package", () => {
  afterEach(removeTrees);

  const cases: { readonly sizes: Readonly<Record<string, number>>; readonly say: readonly RegExp[] }[] = [
    { sizes: { "train.py": 10, "model.bin": 100e6 }, say: [] },
    { sizes: { "model.bin": 123_400_000 }, say: [/^A large file is in the package, .*: model\.bin, 123\.4 MB\. Data/] },
    {
      sizes: { a: 1e9, b: 2e9, c: 3e9, d: 4e9 },
      say: [/^4 files larger than 100\.0 MB are .*: a, 1\.0 GB, b.*and 1 more/],
    },
    { sizes: { ".env": 1 }, say: [/^A file that looks like a secret is in the package: \.env\./] },
    { sizes: { ".env": 1, id_rsa: 1 }, say: [/^2 files that look like a secret are in the package: \.env, id_rsa\./] },
    { sizes: { ".env": 1, a: 1e9 }, say: [/^A large file/, /^A file that looks/] },
  ];

  for (const { sizes, say } of cases) {
    it(`are ${say.length} for ${JSON.stringify(sizes)}`, () => {
      const files = Object.entries(sizes).map(([path, size]) => ({ path, size }));
      const concerns = concernsAbout(files, new Map());
      assert.equal(concerns.length, say.length, concerns.join("\n"));
      for (const [index, pattern] of say.entries()) assert.match(concerns[index] ?? "", pattern);
    });
  }

  it("do not speak of excludes to who has a ready file", () => {
    const files = [
      { path: ".env", size: 1 },
      { path: "model.bin", size: 2e8 },
    ];
    const text = concernsAbout(files, new Map(), true).join("\n");
    assert.doesNotMatch(text, /excludes|gitignore/);
    assert.equal(text.match(/make the file without (it|them)[,\n]?/g)?.length, 2, text);
  });

  it("say so of a zip file", async () => {
    const tree = await aTree({ "job.zip": aZip(".env") });
    const made = await packageOf({ path: tree.at("job.zip"), excludes: [], includeParentDir: false });
    assert.match((await concernsOf(made, [])).join("\n"), /\.env\. .*make the file without it, and give/);
  });

  it("see that a script is there but ignored", async () => {
    const tree = await aTree({ "train.py": "", "a.py": "", ".gitignore": "train.py\n" });
    const made = await packageOf({ path: tree.root, excludes: [], includeParentDir: false });
    assert.match((await concernsOf(made, ["train.py"])).join("\n"), /^"train\.py" is not in the package: \.gitignore/);
  });

  it("see keys in files that may hold some, and never show what is in them", async () => {
    const tree = await aTree({
      "certs/server.pem": key,
      deploy: key,
      "train.py": key,
      "ca.pem": "-----BEGIN CERTIFICATE",
    });
    const made = await packageOf({ path: tree.root, excludes: [], includeParentDir: false });
    const [concern = "", ...others] = await concernsOf(made, ["train.py"]);
    assert.match(concern, /^2 files that look like a secret are in the package: certs\/server\.pem, deploy\./);
    assert.deepEqual(others, []);
    assert(!concern.includes("MII"));
  });
});
