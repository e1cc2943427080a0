import assert from "node:assert/strict";
import { documentsOf } from "../../../provider/cli/documents.ts";
import type { PropertyPath } from "../../../provider/values/path.ts";

describe("a document", () => {
  const text =
    'a: &a\n  b:\n  - c\n  - d: {e: 1, 2: x}\nf: *a\ng:\n  <<: *a\n  h: on\n---\n---\n{\n\t"i": 2020-01-01\n}\n';
  const places: readonly (readonly [path: PropertyPath, place: string, because: string])[] = [
    [[], "1:1", "of the whole"],
    [["a", "b"], "2:3", "of a name"],
    [["a", "b", 0], "3:5", "of an element"],
    [["a", "b", 1, "d", "e"], "4:9", "of a name in braces"],
    [["a", "b", 1, "d", "2"], "4:15", "of a name that is a number"],
    [["f", "b", 0], "3:5", "behind an alias"],
    [["g", "b", 0], "3:5", "of what is merged"],
    [["a", "b", 1, "z", "y"], "4:5", "of what is not there: the closest around it"],
    [["z"], "1:1", "of a name that is not there"],
  ];
  for (const [path, place, because] of places) {
    it(`knows the place ${because}`, () => {
      const { line, column } = documentsOf({ name: "x", text })[0]?.placeOf(path) ?? {};
      assert.equal(`${line}:${column}`, place);
    });
  }

  it("is read as Kubernetes reads it, JSON with tabs included; empty ones are none", () => {
    const [first, second, ...others] = documentsOf({ name: "x", text }).map(({ value }) => value);
    assert.deepEqual(first?.g, { b: ["c", { d: { e: 1, 2: "x" } }], h: true });
    assert.deepEqual([second, others], [{ i: "2020-01-01" }, []]);
    assert.deepEqual(documentsOf({ name: "x", text: "# nothing\n" }), []);
    assert.deepEqual(documentsOf({ name: "x", text: "" }), []);
  });

  it("can be one of several in JSON, with its own place in the text", () => {
    const places = (text: string) =>
      documentsOf({ name: "x", text }).map(({ value, placeOf }) => [value.a, Object.values(placeOf(["a"])).join(":")]);
    assert.deepEqual(places('{"a":1}\n{"a": "}{"}  {"a":3}'), [
      [1, "1:2"],
      ["}{", "2:2"],
      [3, "2:15"],
    ]);
    assert.deepEqual(places('[{"a":1},\n {"a":2}]\n[]\n'), [
      [1, "1:3"],
      [2, "2:3"],
    ]);
    assert.deepEqual(places("- a: 1\n- a: 2\n"), [
      [1, "1:3"],
      [2, "2:3"],
    ]);
  });

  it("is read as Pulumi's YAML reads it, where arguments have a name `on`", () => {
    const [words] = documentsOf(
      { name: "x", text: "{ on: [on, off, yes, No, true, FALSE, 2020-01-01, .] }" },
      "pulumi",
    );
    assert.deepEqual(words?.value, { on: ["on", "off", "yes", "No", true, false, "2020-01-01", "."] });
  });

  const refused: readonly (readonly [text: string, message: RegExp])[] = [
    ["a: 1\nb: [", /^x:2:5: cannot read it: Flow sequence/],
    ["a: 1\na: 2\n", /^x:2:1: cannot read it: Map keys must be unique/],
    ["a:\n  b: {{ .Values.c }}\n", /^x:2:7: cannot read it: a name must be a text \(render templates first\)/],
    ["a: 1\n---\n- b\n", /^x:3:1: cannot read it: an object is expected/],
    ['{"a":1}\n{"a":', /^x:2:1: cannot read it: /],
    ['{"a":1} {"a":2} 3', /^x:1:9: cannot read it: /],
    [
      "metadata: &m {name: a, labels: *m}\n",
      /^x:1:32: cannot read it: an alias stands for something that it is inside of$/,
    ],
    ["a: 1\n---\n&m b:\n- &l [1, [*l]]\n", /^x:4:11: cannot read it: an alias stands for/],
    ["a: &a\n  b: 1\n  <<: *a\n", /^x:3:7: cannot read it: an alias stands for/],
    ["a: &a {b: &b {c: *a}}", /^x:1:18: cannot read it: an alias stands for/],
    ['a: "b\\\rc', /^x:1:\d+: cannot read it: [^\r\n]*$/],
    ["a: *b\n", /^x:1:1: cannot read it: Unresolved alias/],
  ];
  for (const [text, message] of refused) {
    it(`says where it cannot be read: ${JSON.stringify(text)}`, () => {
      assert.throws(() => documentsOf({ name: "x", text }), { message });
    });
  }

  it("may name two things alike, each for the aliases after it", () => {
    const [document] = documentsOf({
      name: "x",
      text: "a: &a {b: 1}\nc: &a {d: 2}\ne: &f {g: *a, h: &f [3], i: *f}\n",
    });
    assert.deepEqual(document?.value.e, { g: { d: 2 }, h: [3], i: [3] });
  });

  it("does not take up the memory of the machine", () => {
    const lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (const [from, to] of ["ab", "bc", "cd", "de", "ef"].map((pair) => [...pair])) {
      lines.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(", ")}]`);
    }
    assert.throws(() => documentsOf({ name: "x", text: lines.join("\n") }), /x:1:1: cannot read it: .*alias/);
  });
});
