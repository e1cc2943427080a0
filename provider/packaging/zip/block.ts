import { deflated } from "./compression.ts";

/** A stretch of a large file. */
export interface Block {
  readonly plain: Uint8Array;
  readonly isLast: boolean;
}

/** Each block is compressed by itself, so that several threads can do it, and the result is the same with one. */
export function deflatedBlock({ plain, isLast }: Block): Uint8Array<ArrayBuffer> {
  const chunk = deflated(plain, isLast);
  const made = new Uint8Array(chunk);
  released(chunk);
  return made;
}

/** Frees the memory at once. The garbage collector of a thread lets many megabytes gather. */
export function released(bytes: Uint8Array): void {
  if (bytes.buffer instanceof ArrayBuffer && bytes.buffer.byteLength > pooled) bytes.buffer.transfer(0);
}

// Node keeps small buffers together in larger ones.
const pooled = 1 << 16;
