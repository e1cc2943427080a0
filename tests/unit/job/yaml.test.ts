import assert from "node:assert/strict";
import { manifestText, mappingOf, yamlOf } from "../../../provider/job/yaml.ts";

describe("yamlOf", () => {
  for (const text of ["\u2028", "\u0085", "a\u007fb", "\ufeffa", "\u2029 # no comment"]) {
    it(`writes ${JSON.stringify(text)} as an escape, since a reader of YAML 1.1 would end the line there or refuse it`, () => {
      const value = { b: { z: text, a: "two\nlines" }, a: [1, true, null] };
      const yaml = yamlOf(value);
      assert.match(yaml, /^[\t\n\x20-\x7e]*$/);
      assert.deepEqual(mappingOf(yaml), value);
      assert.equal(yaml, yamlOf({ a: value.a, b: { a: "two\nlines", z: text } }));
    });
  }
});

describe("manifestText", () => {
  const long = `\n${"a long line of a script ".repeat(5)}\n`;
  for (const text of [
    "\u2028",
    "\u0085",
    "a\u007fb",
    "\ufeffa",
    "\u2029 # no comment",
    `\u009f"'\\${long}\u2028${long}`,
  ]) {
    it(`writes ${JSON.stringify(text)} as an escape in a manifest, which stays in blocks and in its order`, () => {
      const manifest = { kind: "RayJob", a: { z: [text, "plain"], [text]: `two${long}` }, b: "no" };
      const yaml = manifestText(manifest);
      assert.match(yaml, /^[\t\n\x20-\x7e]*$/);
      assert.match(yaml, /^kind: RayJob\na:\n {2}z:\n {4}- "[\s\S]*\n {4}- plain\n/);
      assert.deepEqual(mappingOf(yaml), manifest);
    });
  }

  it("leaves all other texts as they are", () => {
    const manifest = { kind: "RayJob", spec: { text: "Grüße, 世界 \u{1f680}", script: "a\nb\n" } };
    assert.equal(
      manifestText(manifest),
      "kind: RayJob\nspec:\n  text: Grüße, 世界 \u{1f680}\n  script: |\n    a\n    b\n",
    );
  });
});
