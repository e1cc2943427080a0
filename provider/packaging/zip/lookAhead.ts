import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { crc32, deflateRaw } from "node:zlib";
import { unreadable } from "../packagingError.ts";
import type { SurveyedFile } from "../survey.ts";
import { compressionLevel } from "./compression.ts";
import { type Method, methods } from "./records.ts";
import { assertUnchanged } from "./unchanged.ts";

/** A small file as it lies in the zip file. */
export interface Content {
  readonly data: Buffer;
  readonly method: Method;
  readonly crc: number;
}

/** Compresses small files on all of Node's threads, a few megabytes ahead of where they are asked for. */
export class LookAhead {
  readonly #files: readonly SurveyedFile[];
  readonly #started = new Map<number, Promise<Content>>();
  #next = 0;
  #bytes = 0;

  constructor(files: readonly SurveyedFile[]) {
    this.#files = files;
  }

  /** The content of a file, to be asked for in the order of the files; undefined for one too large to be kept in memory. */
  async contentOf(index: number): Promise<Content | undefined> {
    this.#start();
    const content = this.#started.get(index);
    if (content === undefined) {
      this.#next += 1;
      return undefined;
    }
    this.#started.delete(index);
    this.#bytes -= this.#files[index]?.size ?? 0;
    return content;
  }

  #start(): void {
    for (; this.#bytes < mostBytes && this.#started.size < mostFiles; this.#next += 1) {
      const file = this.#files[this.#next];
      if (file === undefined || file.size > mostOfOne) return;
      const content = contentOf(file);
      // Whoever asks for it hears of it; an earlier file's failure may keep everyone from asking.
      content.catch(() => undefined);
      this.#started.set(this.#next, content);
      this.#bytes += file.size;
    }
  }
}

async function contentOf(file: SurveyedFile): Promise<Content> {
  const plain = read(file);
  assertUnchanged(file, createHash("sha256").update(plain).digest());
  const crc = crc32(plain);
  const deflated = await deflate(plain, { level: compressionLevel });
  return deflated.length < plain.length
    ? { data: deflated, method: methods.deflated, crc }
    : { data: plain, method: methods.stored, crc };
}

function read({ location }: SurveyedFile): Buffer {
  try {
    return readFileSync(location);
  } catch (error) {
    throw unreadable(location, error);
  }
}

const deflate = promisify(deflateRaw);

const mostOfOne = 1 << 20;
const mostBytes = 8 << 20;
const mostFiles = 256;
