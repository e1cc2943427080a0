import { createHash } from "node:crypto";

/**
 * What is known of files, each at the same index of every column. One large piece of each is read many times as fast as
 * thousands of small ones.
 */
export interface Columns {
  readonly paths: readonly string[];
  /** Of each file as many numbers as a `Looks` has. */
  readonly looks: Float64Array;
  /** Of each file 32 bytes. */
  readonly digests: Buffer;
}

export const digestBytes = 32;
export const looksOfFile = 6;

/** A file's content: a checksum of what follows it, how many files there are, their looks, their digests, and their paths as JSON. */
export function written({ paths, looks, digests }: Columns): Buffer {
  const count = Float64Array.of(paths.length);
  const content = [bytesOf(count), bytesOf(looks), digests, Buffer.from(JSON.stringify(paths))];
  const checksum = content.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
  return Buffer.concat([checksum, ...content]);
}

/** Undefined when the content is not what was written. */
export function read(file: Buffer): Columns | undefined {
  const content = file.subarray(digestBytes);
  const checksum = createHash("sha256").update(content).digest();
  if (content.length < 8 || !checksum.equals(file.subarray(0, digestBytes))) return undefined;
  const count = numbersIn(content, 0, 1)[0] ?? 0;
  const digestsAt = 8 + count * looksOfFile * 8;
  const pathsAt = digestsAt + count * digestBytes;
  return {
    paths: JSON.parse(content.toString("utf8", pathsAt)),
    looks: numbersIn(content, 8, count * looksOfFile),
    digests: content.subarray(digestsAt, pathsAt),
  };
}

function bytesOf(numbers: Float64Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** A copy: numbers must begin at a multiple of eight bytes of what they lie in. */
function numbersIn(content: Buffer, start: number, count: number): Float64Array {
  return new Float64Array(new Uint8Array(content.subarray(start, start + count * 8)).buffer);
}
