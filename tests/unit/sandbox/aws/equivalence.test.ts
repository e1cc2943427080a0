import assert from "node:assert/strict";
import { samePolicy, sameSettings } from "../../../sandbox/providers/aws/equivalence.ts";

const statement = { Effect: "Deny", Principal: "*", Action: ["s3:GetObject", "s3:PutObject"], Resource: "a" };
const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const withStatement = (changed: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...changed }] });

describe("samePolicy", () => {
  const cases = [
    { other: JSON.stringify(JSON.parse(policy), undefined, 2), same: true, because: "white space says nothing" },
    { other: JSON.stringify({ Statement: statement, Version: "2012-10-17" }), same: true, because: "nor does order" },
    { other: withStatement({ Action: ["s3:PutObject", "s3:GetObject"] }), same: true, because: "actions are a set" },
    { other: withStatement({ Resource: ["a"] }), same: true, because: "a list of one is that one" },
    { other: withStatement({ Effect: "Allow" }), same: false, because: "the effect is the point" },
    { other: withStatement({ Action: "s3:GetObject" }), same: false, because: "an action is missing" },
    { other: withStatement({ Condition: { Bool: { a: "true" } } }), same: false, because: "a condition was added" },
    { other: "not JSON", same: false, because: "that is no policy" },
    { other: undefined, same: false, because: "there is none" },
  ];
  for (const { other, same, because } of cases) {
    it(`says ${same} of ${other?.replaceAll(/\s+/g, " ")}: ${because}`, () => {
      assert.equal(samePolicy(policy, other), same);
      assert.equal(samePolicy(other, policy), same);
    });
  }

  it('takes a condition\'s true and "true" for the same', () => {
    const conditioned = (value: unknown) => withStatement({ Condition: { Bool: { "aws:SecureTransport": value } } });
    assert.equal(samePolicy(conditioned(false), conditioned("false")), true);
    assert.equal(samePolicy(conditioned(false), conditioned("true")), false);
  });
});

describe("sameSettings", () => {
  for (const [one, other, same] of [
    [{ filter: {} }, { filter: { prefix: "" } }, true],
    [{ rules: [{ key: false, a: 1 }] }, { rules: [{ a: 1 }] }, true],
    [undefined, { team: "ml" }, false],
    [{ days: 1 }, { days: 2 }, false],
    [[{ a: 1 }, { b: 2 }], [{ b: 2 }, { a: 1 }], false],
  ] as const) {
    it(`says ${same} of ${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => {
      assert.equal(sameSettings(one, other), same);
      assert.equal(sameSettings(other, one), same);
    });
  }
});
