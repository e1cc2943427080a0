import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Page } from "../../support/page.ts";

const provider = resolve(import.meta.dirname, "../../../provider");
const page = await Page.read("docs/troubleshooting.md");
const texts = ["The cluster", "KubeRay", "The job does not start", "The job", "The bucket"].flatMap((heading) =>
  page.rowsBelow(heading).flatMap(([cell = ""]) => /^`(.*)`$/.exec(cell)?.[1] ?? []),
);

describe("the page on troubleshooting", () => {
  let sources: string;

  before(async () => {
    const files = (await readdir(provider, { recursive: true })).filter((name) => name.endsWith(".ts"));
    const all = await Promise.all(files.map((name) => readFile(join(provider, name), "utf8")));
    // A long sentence is written as several texts, in which a quotation mark may be escaped.
    sources = all
      .join("\n")
      .replaceAll(/["'`] \+\s*["'`]/g, "")
      .replaceAll('\\"', '"');
  });

  it("has a table of texts below each of its headings", () => {
    assert(texts.length > 20, `${texts.length}`);
  });

  for (const text of texts) {
    it(`tells of what is said: ${text}`, () => {
      assert(patternOf(text).test(sources), "no source says so");
    });
  }
});

/** With `…` for what is filled in, or is left out. */
function patternOf(text: string): RegExp {
  const fixed = text.split("…").map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&"));
  return new RegExp(fixed.join("[^\\n]{0,80}?"));
}
