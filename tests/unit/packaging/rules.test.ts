import assert from "node:assert/strict";
import { rules } from "../../../provider/job/rules/validate.ts";
import { workingDirFindings, workingDirRules } from "../../../provider/packaging/rules.ts";
import { UNKNOWN } from "../../../provider/values/value.ts";

describe("workingDirFindings", () => {
  for (const { code, argument, refused, accepted } of workingDirRules) {
    for (const value of refused) {
      it(`refuses "${value}" as ${argument} (${code})`, () => {
        const [finding, ...others] = workingDirFindings({ [argument]: value });
        assert.deepEqual([finding?.code, finding?.path], [code, [argument]]);
        assert(finding?.problem.includes(`"${value}"`));
        assert.deepEqual(others, []);
      });
    }

    for (const value of accepted) {
      it(`accepts "${value}" as ${argument}`, () => {
        assert.deepEqual(workingDirFindings({ [argument]: value }), []);
      });
    }

    it(`skips a ${argument} that is not known yet`, () => {
      assert.deepEqual(workingDirFindings({ [argument]: UNKNOWN }), []);
    });
  }

  it("has codes of its own", () => {
    const codes = [...rules, ...workingDirRules].map(({ code }) => code);
    assert.equal(new Set(codes).size, codes.length);
  });
});
