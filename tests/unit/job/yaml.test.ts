import assert from "node:assert/strict";
import { mappingOf, yamlOf } from "../../../provider/job/yaml.ts";

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
