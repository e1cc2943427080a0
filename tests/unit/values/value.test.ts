import assert from "node:assert/strict";
import { isKnown, isList, isPropertyMap, UNKNOWN, type Value } from "../../../provider/values/value.ts";

describe("isKnown", () => {
  const values: { value: Value | undefined; known: boolean; because: string }[] = [
    { value: undefined, known: true, because: "nothing is nothing" },
    { value: null, known: true, because: "null is known to be nothing" },
    { value: { a: [{ b: "c" }] }, known: true, because: "everything inside is" },
    { value: UNKNOWN, known: false, because: "it says so" },
    { value: [1, UNKNOWN], known: false, because: "an element is not" },
    { value: { a: [{ b: UNKNOWN }] }, known: false, because: "something deep inside is not" },
  ];
  for (const { value, known, because } of values)
    it(`is ${known} where ${because}`, () => assert.equal(isKnown(value), known));
});

describe("isList and isPropertyMap", () => {
  it("tell lists, objects and everything else apart", () => {
    const values: (Value | undefined)[] = [[], {}, null, undefined, UNKNOWN, "a", 1, true];
    assert.deepEqual(values.map(isList), [true, ...Array(7).fill(false)]);
    assert.deepEqual(values.map(isPropertyMap), [false, true, ...Array(6).fill(false)]);
  });
});
