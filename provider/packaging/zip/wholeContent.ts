import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { crc32, deflateRawSync } from "node:zlib";
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

/**
 * The content of a file that is small enough to be kept in memory, read and compressed synchronously: that costs half of what
 * Node's streams and threads do, and a few milliseconds at most.
 */
export function wholeContent(file: SurveyedFile): Content {
  const plain = read(file);
  assertUnchanged(file, createHash("sha256").update(plain).digest());
  const crc = crc32(plain);
  const deflated = deflateRawSync(plain, { level: compressionLevel, chunkSize: Math.max(plain.length, smallestChunk) });
  return deflated.length < plain.length
    ? { data: deflated, method: methods.deflated, crc }
    : { data: plain, method: methods.stored, crc };
}

/** Up to this size a file is small. */
export const mostOfWhole = 1 << 20;

function read({ location }: SurveyedFile): Buffer {
  try {
    return readFileSync(location);
  } catch (error) {
    throw unreadable(location, error);
  }
}

const smallestChunk = 64;
