import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { assertApart } from "../../../provider/cli/package/apart.ts";
import { jsonOf, listOf, summaryOf } from "../../../provider/cli/package/contents.ts";
import type { SurveyedFile } from "../../../provider/packaging/survey.ts";
import { aTree, removeTrees, type Tree } from "../packaging/aTree.ts";

describe("what rayjob package prints", () => {
  const files = [file("run.sh", 1_234, true), file("src/train.py", 7), file("a\nb", 0)];
  const survey = { hash: "5fe0", files, sizeBytes: 1_241 };

  it("is a line for each file, with its mode, size, short hash and path", () => {
    assert.equal(
      listOf(files),
      `755  1234  ${shortHash("run.sh")}  run.sh
644     7  ${shortHash("src/train.py")}  src/train.py
644     0  ${shortHash("a\nb")}  "a\\nb"
`,
    );
  });

  it("is the identity, and how much it is", () => {
    assert.equal(summaryOf(survey), "5fe0  3 files, 1.2 kB\n");
    assert.equal(summaryOf({ ...survey, files: files.slice(1, 2), sizeBytes: 7 }), "5fe0  1 file, 7 bytes\n");
  });

  it("is one object for machines, with the zip file where it was written", () => {
    assert.deepEqual(JSON.parse(jsonOf({ ...survey, output: "a.zip", zipBytes: 99 })), {
      hash: "5fe0",
      fileCount: 3,
      sizeBytes: 1_241,
      output: "a.zip",
      zipBytes: 99,
      files: [
        { path: "run.sh", mode: "755", size: 1_234, hash: `${shortHash("run.sh")}+x` },
        { path: "src/train.py", mode: "644", size: 7, hash: shortHash("src/train.py") },
        { path: "a\nb", mode: "644", size: 0, hash: shortHash("a\nb") },
      ],
    });
    assert(!("output" in JSON.parse(jsonOf({ ...survey, output: undefined, zipBytes: undefined }))));
  });
});

describe("the place of a package's zip file", () => {
  let tree: Tree;

  beforeEach(async () => {
    tree = await aTree({
      "job/train.py": "",
      "job/out/.gitignore": "/build\n",
      "job/out/build/keep": "",
      "job/.rayignore": "*.tar.zip\n",
      link: { link: "job" },
    });
  });

  afterEach(removeTrees);

  for (const path of ["job/train.zip", "job/out/train.zip", "link/train.zip"]) {
    it(`is not ${path}, where the next package would hold it`, async () => {
      await assert.rejects(assertApart(tree.at(path), tree.at("job"), []), {
        name: "PackagingError",
        message: new RegExp(`^Cannot write "${tree.at(path)}" into .* add --exclude '/${path.replace(/^\w+\//, "")}'$`),
      });
    });
  }

  for (const path of ["train.zip", "job/out/build/train.zip", "job/train.tar.zip", "job/.git", "nowhere/train.zip"]) {
    it(`may be ${path}`, () => assertApart(tree.at(path), tree.at("job"), []));
  }

  it("may be what an exclude leaves out, as the error suggests", () =>
    assertApart(join(tree.at("job"), "train.zip"), tree.at("job"), ["/train.zip"]));
});

function file(path: string, size: number, executable = false): SurveyedFile {
  return { path, size, executable, location: `/somewhere/${path}`, digest: digestOf(path) };
}

function shortHash(path: string): string {
  return digestOf(path).toString("hex").slice(0, 12);
}

function digestOf(path: string): Buffer {
  return createHash("sha256").update(path).digest();
}
