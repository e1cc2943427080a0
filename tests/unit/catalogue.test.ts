import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { catalogue } from "../../provider/catalogue/catalogue.ts";
import { clusterFailures, storageFailures } from "../../provider/catalogue/failures.ts";
import { pageOf, titles } from "../../provider/catalogue/page.ts";
import { rayJobKnowledge } from "../../provider/schema/packageSchema.ts";

const root = resolve(import.meta.dirname, "../..");

describe("the catalogue of what is refused", () => {
  let entries: ReturnType<typeof catalogue>;

  before(async () => {
    entries = catalogue(await rayJobKnowledge());
  });

  it("has every code that the provider's sources use, once, and no other", () => {
    const codes = entries.map(({ code }) => code);
    assert.deepEqual(codes, [...new Set(codes)]);
    assert.deepEqual(codes, [...codesInSources()].sort());
  });

  it("says of each what is wrong and what to do, in the sentences of all findings", () => {
    for (const { code, refuses, problem, hint } of entries) {
      assert.match(refuses, /^[a-zA-Z`].*[^.]$/, code);
      assert.match(problem, /^[A-Z"`].*[^.]$/, code);
      assert.match(hint, /^[A-Z].*[^.]$/, code);
      assert.doesNotMatch(problem + hint, /undefined|\bcan't|\bdon't|\bisn't|\[object/, code);
    }
  });

  it("says where, but for settings of the provider, whose values Pulumi would show there", () => {
    const nowhere = entries.filter(({ at }) => at === "").map(({ code }) => code);
    assert.deepEqual(nowhere, ["RJ951", "RJ955"]);
  });

  it("has a chapter for each code, and one only", () => {
    for (const { code } of entries) {
      const chapters = titles.filter(({ from, to }) => code >= from && code <= to);
      assert.equal(chapters.length, 1, code);
    }
  });

  it("says of the cluster and the bucket what, why and what to do, unless it is the API server that says it", () => {
    for (const { when, message } of [...clusterFailures(), ...storageFailures()]) {
      const hasHint = !/refuses the object/.test(when);
      assert.match(message, hasHint ? /^Cannot \w+ [^:]+:[^ ]* .+\. [A-Z].+[^.]$/ : /^Cannot \w+ .+: .+[^.]$/, when);
    }
  });

  it("is the page that the documentation has: the snapshot of every message", () => {
    assert.equal(pageOf(entries), readFileSync(resolve(root, "docs/errors.md"), "utf8"), "run `npm run generate`");
  });
});

function codesInSources(): Set<string> {
  const files = globSync(resolve(root, "provider/**/*.ts")).filter((file) => !file.includes("/provider/catalogue/"));
  return new Set(files.flatMap((file) => readFileSync(file, "utf8").match(/\bRJ\d{3}\b/g) ?? []));
}
