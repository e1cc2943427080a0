import { createHash } from "node:crypto";
import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { crc32, createDeflateRaw, deflateRawSync } from "node:zlib";
import { unreadable } from "../packagingError.ts";
import type { SurveyedFile } from "../survey.ts";
import { compressionLevel } from "./compression.ts";
import { type Method, methods } from "./records.ts";
import { assertUnchanged } from "./unchanged.ts";

/** What is known of a file once all of it has been read. */
export interface Sums {
  readonly crc: number;
  readonly size: number;
  readonly compressedSize: number;
}

/** The data of a file as they lie in the zip file, read piece by piece. */
export async function* streamedData(file: SurveyedFile, method: Method): AsyncGenerator<Buffer, Sums> {
  const hash = createHash("sha256");
  let [crc, size, compressedSize] = [0, 0, 0];
  const plain = Readable.from(reading(), { objectMode: false });
  for await (const bytes of method === methods.stored ? plain : deflated(plain)) {
    compressedSize += bytes.length;
    yield bytes;
  }
  assertUnchanged(file, hash.digest());
  return { crc, size, compressedSize };

  async function* reading(): AsyncGenerator<Buffer> {
    try {
      for await (const bytes of createReadStream(file.location, { highWaterMark: pieceSize })) {
        hash.update(bytes);
        crc = crc32(bytes, crc);
        size += bytes.length;
        yield bytes;
      }
    } catch (error) {
      throw unreadable(file.location, error);
    }
  }
}

/** Whether a large file is worth compressing, by the look of its start: data that are compressed already are not. */
export function methodFor({ location }: SurveyedFile): Method {
  const sample = startOf(location);
  return deflateRawSync(sample, { level: compressionLevel }).length < sample.length * worthwhile
    ? methods.deflated
    : methods.stored;
}

function deflated(plain: Readable): Readable {
  // Whoever reads the result hears of a failure.
  return pipeline(plain, createDeflateRaw({ level: compressionLevel, chunkSize: pieceSize }), () => undefined);
}

function startOf(location: string): Buffer {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(location, "r");
    const buffer = Buffer.alloc(sampleSize);
    return buffer.subarray(0, readSync(descriptor, buffer));
  } catch (error) {
    throw unreadable(location, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const pieceSize = 1 << 18;
const sampleSize = 1 << 16;
const worthwhile = 0.95;
