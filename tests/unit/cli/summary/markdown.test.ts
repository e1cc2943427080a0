import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasFailed, markdownOf } from "../../../../provider/cli/summary/markdown.ts";
import { type Preview, previewOf } from "../../../../provider/cli/summary/preview.ts";
import { aPreview, aStep, said } from "./aPreview.ts";

// UPDATE_GOLDEN=1 writes the golden files golden/*.md anew.

const workingDir = "rayjob:index:WorkingDir";
const bucket = "aws:s3/bucket:Bucket";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const code = {
  hash: "h1",
  files: { "train.py": "1", "src/model.py": "1", "old.py": "1" },
  fileCount: 3,
  sizeBytes: 900,
};
const newCode = { ...code, hash: "h2", files: { "train.py": "2", "src/model.py": "1", "new|file.py": "1" } };

function replacing(before: object, after: object) {
  return { oldState: { inputs: before }, newState: { inputs: after } };
}

const golden: Readonly<Record<string, Preview>> = {
  usual: aPreview(
    [
      aStep("train", "replace"),
      aStep("evaluate", "create"),
      aStep("report", "same"),
      aStep("train", "replace", replacing(code, newCode), workingDir),
      aStep("evaluate", "create", { newState: { inputs: code } }, workingDir),
      aStep("packages", "create", {}, bucket),
      aStep("state", "same", {}, bucket),
    ],
    [
      said(
        "train",
        'train runs again: "runtimeEnv.workingDir" and "rayClusterSpec.workerGroupSpecs[0].replicas" change',
      ),
      said("train", "A large file is in the package: data.bin, 101.0 MB.", "warning", workingDir),
      { severity: "warning", message: "<{%fg 3%}>warning: <{%reset%}>The stack's lock is old, @team<{%reset%}>" },
    ],
    7,
  ),
  failed: aPreview(
    [aStep("train", "create")],
    [said("evaluate", 'entrypoint: Missing.\n  See "docs"', "error"), said("train", "It is large", "warning")],
  ),
  nothing: aPreview([], [], 3),
  "not-known": aPreview([
    aStep("a", "replace", replacing(code, { hash: unknown, files: unknown }), workingDir),
    aStep("b", "replace", replacing(code, { ...code, bucket: "other" }), workingDir),
    aStep("c", "replace", replacing({ ...code, files: "[secret]" }, { ...newCode, files: "[secret]" }), workingDir),
    aStep("d", "delete", {}, workingDir),
  ]),
};

describe("a summary", () => {
  for (const [name, preview] of Object.entries(golden)) {
    it(`is as in golden/${name}.md`, () => {
      const file = join(import.meta.dirname, "golden", `${name}.md`);
      const markdown = markdownOf(preview);
      if (process.env.UPDATE_GOLDEN) writeFileSync(file, markdown);
      assert.equal(markdown, readFileSync(file, "utf8"));
    });
  }

  it("tells of a preview that has failed", () => {
    assert.deepEqual(Object.values(golden).map(hasFailed), [false, true, false, false]);
  });

  it("begins with a marker that nothing in a stack's name can end", () => {
    const urn = "urn:pulumi:--><b>::p::rayjob:index:RayJob::train";
    const [marker] = markdownOf(aPreview([{ op: "create", urn }])).split("\n");
    assert.equal(marker, "<!-- rayjob summary p/--__b_ -->");
  });

  it("begins with a marker that has the stack's name as it is, so that no two stacks have the same", () => {
    for (const stack of ["dev-1", "dev_1", "dev--1", "-dev.1-"]) {
      const urn = `urn:pulumi:${stack}::my-proj::rayjob:index:RayJob::train`;
      const [marker] = markdownOf(aPreview([{ op: "create", urn }])).split("\n");
      assert.equal(marker, `<!-- rayjob summary my-proj/${stack} -->`);
    }
  });

  it("never shows what an argument is", () => {
    const states = { oldState: { inputs: { entrypoint: "hush-1" } }, newState: { inputs: { entrypoint: "hush-2" } } };
    const detailedDiff = { entrypoint: { kind: "update-replace" } };
    assert(!markdownOf(aPreview([aStep("train", "replace", { ...states, detailedDiff })])).includes("hush"));
  });

  it("is short enough for a comment, whatever there is", () => {
    const long = "|".repeat(1000);
    const steps = Array.from({ length: 500 }, (_, index) => aStep(`${index}${long}`, "create"));
    const warnings = Array.from({ length: 500 }, () => said("train", long, "warning"));
    assert(markdownOf(aPreview(steps, warnings)).length < 65_536);
  });
});

describe("what is no preview", () => {
  for (const text of ["", "error: no stack selected", "[]", "7", '{"version":3,"deployment":{}}']) {
    it(`is ${JSON.stringify(text)}`, () => assert.equal(previewOf(text), undefined));
  }

  it("is not a preview with parts that nobody knows", () => {
    assert.deepEqual(previewOf('{"steps":[null,7,{"urn":1}],"diagnostics":"x"}')?.diagnostics, []);
  });
});
