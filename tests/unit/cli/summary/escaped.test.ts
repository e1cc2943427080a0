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
    ["see www.evil.example.com", "see www&#46;evil.example.com"],
    ["see WWW.evil.example.com, www", "see WWW&#46;evil.example.com, www"],
    ["as in GH-7 or gh-12, not GH-x", "as in GH-&#8203;7 or gh-&#8203;12, not GH-x"],
    ["since 18db789", "since 18db78&#8203;9"],
    [`(${"ab01".repeat(10)})`, `(${"ab01ab&#8203;01ab01&#8203;".repeat(3)}ab01)`],
    ["18db78, decade, deadline1 and 0123456x", "18db78, decade, deadline1 and 0123456x"],
    [`sha256:${"0".repeat(64)}`, `sha256:${"0".repeat(64)}`],
    ["one\ntwo\u001b[31m\u202e", "one two &#91;31m"],
  ];
  for (const [text, is] of cases) it(`is ${is}`, () => assert.equal(escaped(text), is));

  it("has nothing left that GitHub makes a link of", () => {
    const words = fc.constantFrom(
      "www.a.b",
      "GH-1",
      "abcdef0",
      "0123456789",
      "ab".repeat(20),
      "@a",
      "#1",
      "http://a.b",
    );
    const seams = fc.constantFrom(" ", "-", ".", "/", "(", ", ", "_", "");
    fc.assert(
      fc.property(fc.array(fc.tuple(words, seams)), (parts) => {
        const source = escaped(parts.flat().join(""));
        assert.doesNotMatch(source, /www\.|:\/\//i);
        const shown = source.replace(/&#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)));
        assert.doesNotMatch(shown, /\bGH-\d|\b[\da-f]{7,40}\b|@\w|#\d/i);
      }),
    );
  });

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
    assert.equal(code("www.a.b"), "`www.a.b`");
    assert.equal(code("www.a.b|"), "<code>www&#46;a.b&#124;</code>");
    assert.equal(code("18db789|GH-7"), "<code>18db789&#124;GH-7</code>");
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
