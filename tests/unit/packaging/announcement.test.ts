import assert from "node:assert/strict";
import { changeOf, contentOf } from "../../../provider/packaging/announcement.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";

const before: PropertyMap = { hash: "h1", files: { "a.py": "1", "b.py": "2" }, fileCount: 2, sizeBytes: 1_500 };

const cases: { readonly after: PropertyMap; readonly says: string }[] = [
  {
    after: { files: { "a.py": "1", "b.py": "3" } },
    says: "code: 1 file changed (b.py); 2 files, 1.5 kB",
  },
  {
    after: { files: { "a.py": "9", "b.py": "9", "c.py": "4" }, fileCount: 3, sizeBytes: 3_400_000 },
    says: "code: 2 files changed (a.py, b.py), 1 added (c.py); 3 files, 3.4 MB",
  },
  { after: { files: { "a.py": "1" }, fileCount: 1, sizeBytes: 10 }, says: "code: 1 removed (b.py); 1 file, 10 bytes" },
  { after: { files: { "a.py": "1+x", "b.py": "2" } }, says: "code: 1 file changed (a.py); 2 files, 1.5 kB" },
  {
    after: { files: Object.fromEntries("cdefg".split("").map((name) => [name, "1"])), fileCount: 5 },
    says: "code: 5 added (c, d, e and 2 more), 2 removed (a.py, b.py); 5 files, 1.5 kB",
  },
  { after: {}, says: "code: files change that are not listed; 2 files, 1.5 kB" },
  { after: { hash: "h1" }, says: "code: 2 files, 1.5 kB, the same as before in another place" },
  { after: { hash: UNKNOWN, files: UNKNOWN }, says: "code: may change, and is not known yet" },
];

describe("what a preview says of code", () => {
  it("is how much there is, at first", () => {
    assert.equal(contentOf({ fileCount: 12, sizeBytes: 3_400_000 }), "code: 12 files, 3.4 MB");
    assert.equal(contentOf({ fileCount: 1, sizeBytes: 2.5e9 }), "code: 1 file, 2.5 GB");
    assert.equal(contentOf({ fileCount: UNKNOWN, sizeBytes: UNKNOWN }), "code: not known yet");
  });

  for (const { after, says } of cases) {
    it(`is then "${says}"`, () => assert.equal(changeOf(before, { ...before, hash: "h2", ...after }), says));
  }

  it("does not take a file for removed that has moved behind the end of the list", () => {
    const old = { ...before, files: { b: "1", c: "2" }, fileCount: 3 };
    const now = { ...before, hash: "h2", files: { a: "0", b: "1" }, fileCount: 4 };
    assert.equal(changeOf(old, now), "code: 1 added (a); 4 files, 1.5 kB");
    assert.equal(changeOf(now, old), "code: 1 removed (a); 3 files, 1.5 kB");
  });
});
