import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseAllDocuments } from "yaml";

/** One of the pages that people read, by its path in the project. */
export class Page {
  readonly path: string;
  readonly text: string;

  private constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  static async read(path: string): Promise<Page> {
    return new Page(path, await readFile(resolve(root, path), "utf8"));
  }

  /** The blocks of a language, in the order of the page. */
  blocks(language: string): Block[] {
    const blocks = this.text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"));
    return [...blocks].map(({ index, 1: text = "" }) => ({
      line: this.text.slice(0, index).split("\n").length + 1,
      section:
        this.text
          .slice(0, index)
          .match(/^#+ .*$/gm)
          ?.at(-1)
          ?.replace(/^#+ /, "") ?? "",
      text,
    }));
  }

  /** The cells of the tables below a heading, without the lines of the headings. */
  rowsBelow(heading: string): string[][] {
    const [, section = ""] = this.text.split(`\n## ${heading}\n`);
    const lines = section.split("\n## ")[0]?.split("\n") ?? [];
    const rows = lines.filter((line) => line.startsWith("|")).map((line) => line.split(/(?<!\\)\|/).slice(1, -1));
    return rows
      .map((cells) => cells.map((cell) => cell.trim()))
      .filter(([first]) => first !== "" && !/^-+$/.test(first ?? ""));
  }
}

export interface Block {
  /** Of the page, counted from 1: where its text starts. */
  readonly line: number;
  /** The heading above it. */
  readonly section: string;
  readonly text: string;
}

/** What the documents of a block of YAML say. */
export function documentsIn({ text }: Block): unknown[] {
  return parseAllDocuments(text).map((document) => document.toJS());
}

const root = resolve(import.meta.dirname, "../..");
