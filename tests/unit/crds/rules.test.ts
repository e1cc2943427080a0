import assert from "node:assert/strict";
import { crdsFindings } from "../../../provider/crds/rules.ts";
import { formatPath } from "../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";

const refused: { inputs: PropertyMap; before?: PropertyMap; found: string; because: string }[] = [
  { inputs: { version: "1.6.1" }, found: "RJ841 version", because: "its files could not be verified" },
  {
    inputs: { version: "1.5.1" },
    before: { version: "1.6.2" },
    found: "RJ842 version",
    because: "fields would be lost",
  },
  { inputs: { source: "" }, found: "RJ843 source", because: "the program's folder is hardly meant" },
  { inputs: { source: "git://example.com/crds" }, found: "RJ843 source", because: "nothing here speaks git" },
  { inputs: { source: "https://" }, found: "RJ843 source", because: "it names no server" },
  { inputs: { source: "https://me:pass@example.com" }, found: "RJ843 source", because: "errors show the address" },
  {
    inputs: { source: "https://example.com/?token=x" },
    found: "RJ843 source",
    because: "a file's name could not follow",
  },
];

const accepted: { inputs: PropertyMap; before?: PropertyMap; because: string }[] = [
  { inputs: { version: "1.7.0" }, before: { version: "1.5.1" }, because: "it goes up" },
  { inputs: { version: "1.5.1", force: true }, before: { version: "1.6.2" }, because: "it is asked for" },
  { inputs: { version: "1.5.1", force: UNKNOWN }, before: { version: "1.6.2" }, because: "it may be asked for" },
  {
    inputs: { version: UNKNOWN, source: UNKNOWN },
    before: { version: "1.6.2" },
    because: "what is not known is not judged",
  },
  { inputs: { source: "./crds" }, because: "a folder may be relative" },
  { inputs: { source: "C:\\crds" }, because: "a drive is no scheme" },
  { inputs: { source: "https://example.com/crds/" }, because: "a base URL is fine" },
];

describe("crdsFindings", () => {
  for (const { inputs, before = {}, found, because } of refused) {
    it(`finds ${found} in ${JSON.stringify(inputs)}: ${because}`, () => {
      const findings = crdsFindings(inputs, before, []);
      assert.deepEqual(
        findings.map(({ code, path }) => `${code} ${formatPath(path)}`),
        [found],
      );
    });
  }

  for (const { inputs, before = {}, because } of accepted) {
    it(`finds nothing in ${Object.keys(inputs).join(", ")}: ${because}`, () => {
      assert.deepEqual(crdsFindings(inputs, before, []), []);
    });
  }

  it("does not show a password that stands in a URL", () => {
    const findings = crdsFindings({ source: "https://me:hunter2@example.com" }, {}, []);
    assert.equal(JSON.stringify(findings).includes("hunter2"), false);
  });

  it("refuses secrets, which errors would show", () => {
    assert.deepEqual(
      crdsFindings({}, {}, [["source"]]).map(({ code, path }) => [code, path]),
      [["RJ844", ["source"]]],
    );
  });
});
