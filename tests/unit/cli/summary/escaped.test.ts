import assert from "node:assert/strict";
import fc from "fast-check";
import { code, codeList, escaped, withCode } from "../../../../provider/cli/summary/escaped.ts";

describe("text in a comment on a pull request", () => {
  const cases: readonly (readonly [text: string, is: string])[] = [
    ["it failed (AppFailed)", "it failed (AppFailed)"],
    ["a | b", "a &#124; b"],
    ["<script>", "&#60;script&#62;"],
    ["@everybody, see #1", "&#64;&#8203;everybody, see &#35;&#8203;1"],
    ["**bold** [link](https://x)", "&#42;&#42;bold&#42;&#42; &#91;link&#93;(https&#58;//x)"],
    ["one\ntwo\u001b[31m\u202e", "one two &#91;31m"],
  ];
  for (const [text, is] of cases) it(`is ${is}`, () => assert.equal(escaped(text), is));

  it("has no markup left in it, and is a line, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const line = escaped(text).replace(/&#\d+;/g, "");
        assert(!/[\p{Cc}\p{Cf}<>|`*_[\]\\@#$~!&]/u.test(line.replace("…", "")), line);
      }),
    );
  });

  it("shows names as code, also those that would end it", () => {
    assert.equal(code("src/train.py"), "`src/train.py`");
    assert.equal(code("a`b"), "<code>a&#96;b</code>");
    assert.equal(code("a|b"), "<code>a&#124;b</code>");
    assert.equal(code("a\nb @me"), "<code>a b &#64;&#8203;me</code>");
  });

  it("shows the names in a sentence as code, paths with brackets and quotes in them too", () => {
    assert.equal(withCode('"a.b[0].c" and "d" change'), "`a.b[0].c` and `d` change");
    assert.equal(withCode('"labels[\\"x/y\\"]" changes'.replaceAll("\\", "")), '`labels["x/y"]` changes');
    assert.equal(withCode('it failed ("x'), 'it failed ("x');
  });

  it("is bounded", () => {
    assert.equal(codeList(["a", "b", "c", "d"], 2), "`a`, `b`, 2 more");
    assert(escaped("x".repeat(10_000)).length < 500);
  });
});
