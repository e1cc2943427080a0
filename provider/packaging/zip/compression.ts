import { deflateRawSync } from "node:zlib";

/** The bytes as a part of a deflate stream; such parts in a row are one. Nothing follows the last. */
export function deflated(plain: Uint8Array, isLast: boolean): Buffer {
  const chunkSize = Math.max(plain.length >> 1, smallestChunk);
  const flush = isLast ? {} : { finishFlush: syncFlush };
  return deflateRawSync(plain, { ...settings, ...flush, chunkSize });
}

/**
 * Whether bytes are worth compressing, by the look of some of them: what is compressed or encrypted already has all bytes
 * equally often. Deflate itself has the last word, being slower.
 */
export function mayShrink(plain: Uint8Array): boolean {
  if (plain.length < sampleSize) return true;
  const start = (plain.length - sampleSize) >> 1;
  if (!isEven(plain, start)) return true;
  const sample = plain.subarray(start, start + sampleSize * 4);
  return deflated(sample, true).length < sample.length * worthwhile;
}

function isEven(plain: Uint8Array, start: number): boolean {
  counts.fill(0);
  for (let index = start; index < start + sampleSize; index++) {
    const byte = plain[index] ?? 0;
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
  let squares = 0;
  for (const count of counts) squares += count * count;
  // Of random bytes this is 1 on average, with little spread; of text it is 3 or more.
  return squares / (sampleSize ** 2 / counts.length + sampleSize) < 1.2;
}

// More than level 1 shrinks source code by a tenth at twice the time. With less memory than its default it is set up sooner.
const settings = { level: 1, memLevel: 7 } as const;
const syncFlush = 2;
const smallestChunk = 64;
const sampleSize = 1_024;
const worthwhile = 0.95;
const counts = new Uint32Array(256);
