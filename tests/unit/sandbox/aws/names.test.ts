import assert from "node:assert/strict";
import { isFixedName, named, nameFailures } from "../../../sandbox/providers/aws/names.ts";

const rule = { property: "bucket", prefix: "bucketPrefix", longest: 63, lowerCase: true } as const;

describe("named", () => {
  it("makes the name in the program and seven digits, in the case that the service takes", () => {
    assert.match(String(named({}, {}, "Packages", rule).bucket), /^packages-[0-9a-f]{7}$/);
    assert.match(String(named({}, {}, "Packages", { property: "bucket", longest: 64 }).bucket), /^Packages-/);
  });

  it("keeps what it has made, and leaves alone what the program says", () => {
    assert.deepEqual(named({}, { bucket: "packages-0123abc" }, "packages", rule), { bucket: "packages-0123abc" });
    assert.deepEqual(named({ bucket: "mine" }, { bucket: "packages-0123abc" }, "packages", rule), { bucket: "mine" });
    assert.deepEqual(named({ bucketPrefix: "a-" }, {}, "packages", rule), { bucketPrefix: "a-" });
  });
});

describe("nameFailures", () => {
  it("counts the characters", () => {
    assert.deepEqual(nameFailures({ bucket: "a".repeat(63) }, rule), []);
    assert.match(
      nameFailures({ bucket: "a".repeat(64) }, rule)[0]?.reason ?? "",
      /has 64 characters, more than the 63/,
    );
  });
});

describe("isFixedName", () => {
  for (const { bucket, logicalName, fixed } of [
    { bucket: "packages-0123abc", logicalName: "packages", fixed: false },
    { bucket: "packages-0123abc", logicalName: "Packages", fixed: false },
    { bucket: "packages-production", logicalName: "packages", fixed: true },
    { bucket: "other-0123abc", logicalName: "packages", fixed: true },
    { bucket: undefined, logicalName: "packages", fixed: false },
  ]) {
    it(`is ${fixed} for ${bucket} of the resource ${logicalName}`, () => {
      assert.equal(isFixedName({ bucket }, logicalName, rule), fixed);
    });
  }
});
