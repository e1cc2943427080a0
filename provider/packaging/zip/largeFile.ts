import { createHash } from "node:crypto";
import { closeSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { openedFile } from "../digests.ts";
import { unreadable } from "../failures/reading.ts";
import type { SurveyedFile } from "../survey.ts";
import { allDone, mostUnderWay } from "../threads/threads.ts";
import type { Work } from "../threads/work.ts";
import { mayShrink } from "./compression.ts";
import { type Method, methods } from "./records.ts";
import { assertUnchanged } from "./unchanged.ts";

/** What is known of a file once all of it has been read. */
export interface Sums {
  readonly crc: number;
  readonly size: number;
}

/** A file that is too large to be kept in memory, read once, from its start to its end. */
export class LargeFile {
  readonly #file: SurveyedFile;
  readonly #descriptor: number;
  readonly #hash = createHash("sha256");
  #crc = 0;
  #size = 0;
  #next: Buffer;

  constructor(file: SurveyedFile) {
    this.#file = file;
    this.#descriptor = openedFile(file.location).descriptor;
    this.#next = this.#read(newBlock());
  }

  /** By the look of its start. */
  get method(): Method {
    return mayShrink(this.#next) ? methods.deflated : methods.stored;
  }

  /** Its data as they lie in the zip file. */
  async *data(method: Method): AsyncGenerator<Uint8Array, void> {
    if (method === methods.stored) yield* this.#blocks(newBlock);
    else yield* allDone(this.#works(), this.#file.size);
  }

  /** Throws a PackagingError when the bytes read are not those of the survey. */
  sums(): Sums {
    assertUnchanged(this.#file.location, this.#file.digest.toString("base64"), this.#hash.digest("base64"));
    return { crc: this.#crc, size: this.#size };
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  *#works(): Generator<Work<"block">> {
    // Blocks are used again once they are done with: to leave so many to the garbage collector would take much memory.
    const ring = Array.from({ length: mostUnderWay + 2 }, newBlock);
    let next = 0;
    for (const plain of this.#blocks(() => ring[next++ % ring.length] as Buffer)) {
      yield { kind: "block", given: { plain, isLast: this.#next.length === 0 } };
    }
  }

  *#blocks(into: () => Buffer): Generator<Buffer> {
    while (this.#next.length > 0) {
      const block = this.#next;
      this.#hash.update(block);
      this.#crc = crc32(block, this.#crc);
      this.#size += block.length;
      // What goes on growing would otherwise be read for ever.
      if (this.#size > this.#file.size) assertUnchanged(this.#file.location, this.#file.size, this.#size);
      this.#next = this.#read(into());
      yield block;
    }
  }

  /** A whole block wherever the file has one, or the zip file would depend on how much a read happens to give. */
  #read(block: Buffer): Buffer {
    let length = 0;
    try {
      for (;;) {
        const more = readSync(this.#descriptor, block, length, blockSize - length, null);
        length += more;
        if (more === 0 || length === blockSize) return block.subarray(0, length);
      }
    } catch (error) {
      throw unreadable(this.#file.location, error);
    }
  }
}

function newBlock(): Buffer {
  return Buffer.allocUnsafeSlow(blockSize);
}

const blockSize = 1 << 20;
