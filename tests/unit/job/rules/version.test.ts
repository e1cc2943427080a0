import assert from "node:assert/strict";
import { isOlder } from "../../../../provider/job/rules/version.ts";

describe("isOlder", () => {
  const cases: { version: string; than: string; older: boolean | undefined; because: string }[] = [
    { version: "2.9.0", than: "2.52.0", older: true, because: "numbers are no digits" },
    { version: "2.52.0", than: "2.52.0", older: false, because: "they are equal" },
    { version: "2.52", than: "2.52.0", older: false, because: "what is left out is 0" },
    { version: "2.52", than: "2.52.1", older: true, because: "and 0 is less" },
    { version: "v2.60.1", than: "2.52.0", older: false, because: "a v says nothing" },
    { version: "2.52.0rc1", than: "2.52.0", older: false, because: "nor does what comes after the numbers" },
    { version: "nightly", than: "2.52.0", older: undefined, because: "it is no version" },
    { version: "3", than: "2.52.0", older: undefined, because: "nor is one number" },
    { version: "02.60.0", than: "2.52.0", older: undefined, because: "nor one that begins with a zero" },
    { version: "", than: "2.52.0", older: undefined, because: "nor is nothing" },
  ];
  for (const { version, than, older, because } of cases) {
    it(`is ${older} of "${version}" and ${than}: ${because}`, () => {
      assert.equal(isOlder(version, than), older);
    });
  }
});
