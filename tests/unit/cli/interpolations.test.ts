import assert from "node:assert/strict";
import { judgedOf, Placeholders, placeheldOf } from "../../../provider/cli/render/interpolations.ts";
import { UNKNOWN, type Value } from "../../../provider/values/value.ts";

const taken = ["$", "{a.b}"].join("");
const escaped = ["$$", "{HOME}"].join("");

describe("an interpolation of a Pulumi program", () => {
  const cases: readonly (readonly [said: Value, judged: Value, shown: Value])[] = [
    [taken, UNKNOWN, taken],
    [`x-${taken}-${taken}`, UNKNOWN, `x-${taken}-${taken}`],
    [escaped, escaped.slice(1), escaped.slice(1)],
    [{ "fn::secret": "hidden" }, UNKNOWN, ["$", "{fn::secret}"].join("")],
    [
      ["plain", 1, null, true],
      ["plain", 1, null, true],
      ["plain", 1, null, true],
    ],
    [{ a: { b: [taken] } }, { a: { b: [UNKNOWN] } }, { a: { b: [taken] } }],
  ];
  for (const [said, judged, shown] of cases) {
    it(`is unknown to the rules, and shown as it is written: ${JSON.stringify(said)}`, () => {
      const placeholders = new Placeholders();
      assert.deepEqual(judgedOf(said), judged);
      const held = placeheldOf(said, placeholders);
      assert.equal(JSON.stringify(held).includes(taken), false);
      assert.deepEqual(placeholders.shownIn(held), shown);
    });
  }
});
