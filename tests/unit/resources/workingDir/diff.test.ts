import assert from "node:assert/strict";
import { diff } from "../../../../provider/resources/workingDir/diff.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN } from "../../../../provider/values/value.ts";

const before: PropertyMap = {
  path: "job",
  bucket: "code",
  prefix: "working-dirs",
  hash: "h1",
  files: { "train.py": "f1", "old.py": "f2", "run.sh": "f3" },
  fileCount: 3,
  sizeBytes: 30,
};

const cases: {
  readonly change: PropertyMap;
  readonly shows: Readonly<Record<string, string>>;
  readonly because: string;
}[] = [
  { change: {}, shows: {}, because: "nothing has changed" },
  { change: { path: "/elsewhere/job" }, shows: {}, because: "only the content counts" },
  { change: { excludes: ["*.log"] }, shows: {}, because: "the same files are left" },
  {
    change: { hash: "h2", files: { "train.py": "f9", "new.py": "f4", "run.sh": "f3+x" }, sizeBytes: 31 },
    shows: {
      hash: "update",
      sizeBytes: "update",
      'files["new.py"]': "add",
      'files["old.py"]': "delete",
      'files["run.sh"]': "update",
      'files["train.py"]': "update",
    },
    because: "the files that have changed are named",
  },
  { change: { hash: "h2" }, shows: { hash: "update" }, because: "a file behind those that are listed has changed" },
  { change: { path: "a-1.0-py3-none-any.whl" }, shows: { path: "update" }, because: "Ray looks at a wheel's name" },
  {
    change: { expectedFiles: ["a"], includeParentDir: false, asModule: true },
    shows: {},
    because: "only the content counts",
  },
  { change: { bucket: "other" }, shows: { bucket: "update" }, because: "it lies elsewhere" },
  { change: { prefix: "" }, shows: { prefix: "update" }, because: "it lies elsewhere" },
  { change: { bucket: UNKNOWN }, shows: { bucket: "update" }, because: "it may lie elsewhere" },
  {
    change: { path: UNKNOWN, hash: UNKNOWN, files: UNKNOWN, fileCount: UNKNOWN, sizeBytes: UNKNOWN },
    shows: { hash: "update", files: "update", fileCount: "update", sizeBytes: "update" },
    because: "it may be another content",
  },
];

describe("the difference between two WorkingDirs", () => {
  for (const { change, shows, because } of cases) {
    it(`is ${JSON.stringify(shows)} for a change of ${Object.keys(change).join(", ") || "nothing"}: ${because}`, async () => {
      const request = { urn: "urn", name: "code", id: "id", oldOutputs: {}, oldInputs: before };
      const { changes, deleteBeforeReplace } = await diff({ ...request, newInputs: { ...before, ...change } });
      assert.deepEqual(Object.fromEntries(changes.map(({ path, kind }) => [formatPath(path), kind])), shows);
      assert(changes.every(({ replaces, of }) => replaces && of === "inputs"));
      assert.equal(deleteBeforeReplace, false);
    });
  }
});
