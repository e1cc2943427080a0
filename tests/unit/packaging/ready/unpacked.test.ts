import assert from "node:assert/strict";
import { loneTopLevelOf } from "../../../../provider/packaging/ready/unpacked.ts";

const cases: { readonly paths: readonly string[]; readonly takesOff: string | undefined; readonly because: string }[] =
  [
    { paths: ["job/", "job/train.py", "job/src/a.py"], takesOff: "job", because: "`zip -r job.zip job`" },
    { paths: ["job/train.py", "job/src/a.py"], takesOff: "job", because: "directories need no entries" },
    { paths: ["train.py", "src/a.py"], takesOff: undefined, because: "`zip -r ../job.zip .`" },
    { paths: ["src/a.py", "train.py"], takesOff: undefined, because: "the order does not matter" },
    { paths: ["a/x.py", "b/y.py"], takesOff: undefined, because: "neither holds all" },
    { paths: ["train.py"], takesOff: undefined, because: "a file is no directory" },
    { paths: ["job/train.py", "__MACOSX/job/._train.py"], takesOff: "job", because: "macOS adds that" },
    { paths: ["__MACOSX/job/._train.py", "job/train.py"], takesOff: "job", because: "macOS adds that" },
    { paths: ["__MACOSX/train.py"], takesOff: undefined, because: "there is nothing else" },
    { paths: [], takesOff: undefined, because: "there is nothing" },
  ];

describe("loneTopLevelOf", () => {
  for (const { paths, takesOff, because } of cases) {
    it(`is ${takesOff ?? "none"} of ${paths.join(", ") || "nothing"}: ${because}`, () => {
      assert.equal(loneTopLevelOf(paths), takesOff);
    });
  }
});
