import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { isInTag } from "../../../release/inTag.ts";
import { Page } from "../../support/page.ts";

const root = resolve(import.meta.dirname, "../../..");
const docs = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
const paths = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", ...docs];

describe("the links of the pages", () => {
  for (const path of paths) {
    it(`of ${path} lead to files, and to headings, that are there`, async () => {
      const page = await Page.read(path);
      for (const { target, linked, heading } of linksOf(page)) {
        assert(existsSync(join(root, linked)), `${target}: there is no ${linked}`);
        if (heading !== undefined) assert((await anchorsOf(linked)).includes(heading), `${target}: no such heading`);
      }
    });
  }

  for (const path of paths.filter(isInTag)) {
    it(`of ${path} lead to what is in a release, too`, async () => {
      for (const { target, linked } of linksOf(await Page.read(path))) assert(isInTag(linked), target);
    });
  }

  it("are known to the README, each page by one", async () => {
    const { text } = await Page.read("README.md");
    for (const path of docs) assert(text.includes(`(${path}`), path);
  });
});

function linksOf({ path, text }: Page) {
  return [...text.matchAll(/\]\(((?!https?:)[^)]+)\)/g)].map(([, target = ""]) => {
    const [file = "", heading] = target.split("#");
    return { target, heading, linked: file === "" ? path : relative(root, resolve(root, dirname(path), file)) };
  });
}

/** As GitHub makes them of headings. */
async function anchorsOf(path: string): Promise<string[]> {
  const { text } = await Page.read(path);
  const headings = text.replaceAll(/^```.*?^```$/gms, "").matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
