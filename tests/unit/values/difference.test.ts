import assert from "node:assert/strict";
import fc from "fast-check";
import { differencesBetween } from "../../../provider/values/difference.ts";
import { formatPath, type PropertyPath } from "../../../provider/values/path.ts";
import { isList, isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../../../provider/values/value.ts";

const cases: { before: Value; after: Value; differences: string[]; because: string }[] = [
  { before: { a: 1 }, after: { a: 1 }, differences: [], because: "they are equal" },
  { before: { a: null }, after: {}, differences: [], because: "null and nothing are the same" },
  { before: {}, after: { a: { b: 1 } }, differences: ["add a"], because: "a new object is one addition" },
  {
    before: { a: { b: 1, c: 1 } },
    after: { a: { b: 2 } },
    differences: ["update a.b", "delete a.c"],
    because: "it looks inside",
  },
  {
    before: { a: [1, 2] },
    after: { a: [1, 3, 4] },
    differences: ["update a[1]", "add a[2]"],
    because: "lists go by position",
  },
  { before: { a: [1] }, after: { a: { 0: 1 } }, differences: ["update a"], because: "a list is not an object" },
  { before: { a: "1" }, after: { a: 1 }, differences: ["update a"], because: "a text is not a number" },
  { before: { a: 1 }, after: { a: UNKNOWN }, differences: ["update a"], because: "what is not known may be anything" },
  {
    before: { b: 1, a: 1 },
    after: {},
    differences: ["delete a", "delete b"],
    because: "the order is that of the names",
  },
];

describe("differencesBetween", () => {
  for (const { before, after, differences, because } of cases) {
    it(`finds ${differences.join(", ") || "nothing"}: ${because}`, () => {
      const found = differencesBetween(before, after).map(({ kind, path }) => `${kind} ${formatPath(path)}`);
      assert.deepEqual(found, differences);
    });
  }

  it("finds nothing between equals, whatever they are", () => {
    fc.assert(fc.property(someMap(), (map) => assert.deepEqual(differencesBetween(map, structuredClone(map)), [])));
  });

  it("finds a place exactly where the two differ, and of the right kind", () => {
    fc.assert(
      fc.property(someMap(), someMap(), (before, after) => {
        for (const { path, kind } of differencesBetween(before, after)) {
          const [was, is] = [at(before, path), at(after, path)];
          assert.equal(kind, was === undefined ? "add" : is === undefined ? "delete" : "update");
          assert.notDeepEqual(was, is);
        }
      }),
    );
  });

  it("finds something between any two that differ in more than null", () => {
    fc.assert(
      fc.property(someMap(), someMap(), (before, after) => {
        const differ = JSON.stringify(sorted(before)) !== JSON.stringify(sorted(after));
        assert.equal(differencesBetween(before, after).length > 0, differ);
      }),
    );
  });
});

function someMap(): fc.Arbitrary<PropertyMap> {
  const { value } = fc.letrec<{ value: Value; list: Value[]; map: PropertyMap }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom<Value>(true, false, 0, 1, "a", "b"),
      tie("list"),
      tie("map"),
    ),
    list: fc.array(tie("value"), { maxLength: 3 }),
    map: fc.dictionary(fc.constantFrom("a", "b", "c.d"), tie("value")),
  }));
  return fc.dictionary(fc.constantFrom("a", "b", "c.d"), value, { noNullPrototype: true });
}

function at(value: Value | undefined, path: PropertyPath): Value | undefined {
  const [element, ...rest] = path;
  if (element === undefined) return value ?? undefined;
  if (isList(value)) return at(value[Number(element)], rest);
  return isPropertyMap(value) ? at(value[element], rest) : undefined;
}

function sorted(value: Value | undefined): unknown {
  if (isList(value)) return value.map(sorted);
  if (!isPropertyMap(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
}
