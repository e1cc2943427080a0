import assert from "node:assert/strict";
import { Argument } from "../../../../provider/components/argument.ts";
import { pinnedCode } from "../../../../provider/components/rayJobComponent/pinnedCode.ts";
import {
  rayJobComponentProblems,
  rayJobComponentWarnings,
} from "../../../../provider/components/rayJobComponent/problems.ts";
import { type PropertyMap, UNKNOWN, type Value } from "../../../../provider/values/value.ts";

const hash = "3f".repeat(32);
const zip = `s3://training-1234567/working-dirs/${hash}.zip`;
const wheel = `s3://training-1234567/working-dirs/${hash}/model-1.0-py3-none-any.whl`;

const cases: { readonly args: PropertyMap; readonly warns: boolean; readonly because: string }[] = [
  { args: pinnedTo(zip), warns: true, because: "the bucket goes with the package" },
  { args: pinnedTo(`s3://training-1234567/${hash}.zip`), warns: true, because: "packages need no prefix" },
  { args: pinnedTo(`s3://training-1234567/team/ray/${hash}.zip`), warns: true, because: "a prefix may be long" },
  { args: jobWith({ pyModules: ["s3://code/a.zip", wheel] }), warns: true, because: "a module is code, too" },
  { args: { ...pinnedTo(zip), bucket: null }, warns: true, because: "null asks for nothing" },
  { args: { ...pinnedTo(zip), bucket: {} }, warns: false, because: "the bucket is asked for" },
  { args: { ...pinnedTo(zip), bucket: UNKNOWN }, warns: false, because: "a bucket will be asked for" },
  { args: { ...pinnedTo(zip), existingBucket: "training-1234567" }, warns: false, because: "it is said which it is" },
  { args: { ...pinnedTo(zip), existingBucket: UNKNOWN }, warns: false, because: "it will be said" },
  {
    args: jobWith({ workingDir: zip, pyModules: ["./lib"] }),
    warns: false,
    because: "other code on this machine keeps the bucket",
  },
  { args: pinnedTo("s3://code/train.zip"), warns: false, because: "no component calls a package so" },
  { args: pinnedTo(`s3://code/${hash}`), warns: false, because: "it is a folder" },
  { args: pinnedTo(`s3://code/3f${hash}.zip`), warns: false, because: "that is no SHA-256" },
  { args: pinnedTo(`https://example.com/${hash}.zip`), warns: false, because: "a component's bucket is in S3" },
  { args: pinnedTo(UNKNOWN), warns: false, because: "nothing is known of it" },
  { args: { jobs: UNKNOWN }, warns: false, because: "nothing is known of the jobs" },
];

describe("pinnedCode", () => {
  for (const { args, warns, because } of cases) {
    it(`${warns ? "warns" : "does not warn"} of ${shown(args)}: ${because}`, () => {
      assert.equal(pinnedCode(args).length, warns ? 1 : 0);
    });
  }

  it("is a warning, which refuses nothing, and tells no URI, which may be secret", () => {
    const args = { jobs: { a: jobOf({ workingDir: zip }), b: jobOf({}), c: jobOf({ pyModules: [wheel] }) } };
    assert.deepEqual(rayJobComponentProblems(args, new Argument(args, args)), []);
    assert.deepEqual(rayJobComponentWarnings(args), [
      'bucket: Nothing asks for a bucket, and the code of "a", "c" looks like a package in one that a component has made. ' +
        'Hint: If this component has, the bucket is deleted together with the package: set "bucket" to {} to keep it. ' +
        'If not, "existingBucket" says which bucket it is (RJ913)',
    ]);
  });
});

function pinnedTo(workingDir: Value): PropertyMap {
  return jobWith({ workingDir });
}

function jobWith(runtimeEnv: PropertyMap): PropertyMap {
  return { jobs: { train: jobOf(runtimeEnv) } };
}

function jobOf(runtimeEnv: PropertyMap): PropertyMap {
  return { entrypoint: "python train.py", runtimeEnv };
}

function shown(args: PropertyMap): string {
  return JSON.stringify(args).replaceAll(hash, "HASH");
}
