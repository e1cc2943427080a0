import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { catalogue } from "../../provider/catalogue/catalogue.ts";
import { failureChapters } from "../../provider/catalogue/failureChapters.ts";
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

  for (const { title, failures, isOfWarnings } of failureChapters()) {
    it(`says what, why and what to do, unless it is the API server that says it: ${title}`, () => {
      for (const { when, message } of failures) {
        const hasHint = !/refuses the object/.test(when);
        const what = isOfWarnings ? /^([A-Z"]|\d+ files)/ : /^[Cc]annot \w+ [^:]+:[^ ]* ./;
        assert.match(message, what, when);
        assert.match(message, hasHint ? /[^.]\. [A-Z].+[^.]$/ : /[^.]$/, when);
        assert.doesNotMatch(when + message, /undefined|\[object|(?<!\$)\{|\bcan't|\bdon't|\bisn't/, when);
      }
    });
  }

  it("tells apart when each is said", () => {
    for (const { title, failures } of failureChapters()) {
      const whens = failures.map(({ when }) => when);
      assert.deepEqual(whens, [...new Set(whens)], title);
      for (const when of whens) assert.match(when, /^[^A-Z\s].*[^.]$|^AWS .*[^.]$/);
    }
  });

  it("has all that packaging throws, since that is made in the modules which the catalogue goes through", () => {
    const makers = filesWith(/new PackagingError\(/);
    const again = "provider/packaging/threads/thread.ts"; // what another thread has thrown
    const modules = globSync("provider/packaging/failures/*.ts", { cwd: root });
    assert.deepEqual(makers, [...modules, again].sort());
    assert.deepEqual(importedBy("provider/catalogue/packagingFailures.ts", "packaging/failures/"), modules.sort());
    assert.deepEqual(filesWith(/new PackageFileError\(/), ["provider/resources/rayJob/packageFileError.ts"]);
  });

  it("is the page that the documentation has: the snapshot of every message", () => {
    assert.equal(pageOf(entries), readFileSync(resolve(root, "docs/errors.md"), "utf8"), "run `npm run generate`");
  });
});

function filesWith(text: RegExp): string[] {
  const files = globSync("provider/**/*.ts", { cwd: root });
  return files.filter((file) => text.test(readFileSync(resolve(root, file), "utf8"))).sort();
}

/** The modules of a folder that a module takes whole. */
function importedBy(file: string, folder: string): string[] {
  const source = readFileSync(resolve(root, file), "utf8");
  const names = [...source.matchAll(/^import \* as \w+ from "\.\.\/([^"]+)"/gm)].map(([, name]) => `provider/${name}`);
  return names.filter((name) => name.includes(folder)).sort();
}

function codesInSources(): Set<string> {
  const files = globSync(resolve(root, "provider/**/*.ts")).filter((file) => !file.includes("/provider/catalogue/"));
  return new Set(files.flatMap((file) => readFileSync(file, "utf8").match(/\bRJ\d{3}\b/g) ?? []));
}
