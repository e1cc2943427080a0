import { createHash } from "node:crypto";
import { closeSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { openedFile } from "../digests.ts";
import { unreadable } from "../failures/reading.ts";
import { deflated, mayShrink } from "./compression.ts";
import { localHeader, methods, type ZipEntry } from "./records.ts";
import { assertUnchanged } from "./unchanged.ts";

/** A small file, before it is in the zip file. */
export interface Member {
  readonly location: string;
  readonly name: string;
  readonly mode: number;
  /** SHA-256 of its bytes in the survey, in base64. */
  readonly digest: string;
  /** Its bytes, where they are not in a file of this machine. */
  readonly content?: Uint8Array;
}

/** Some small files as they lie in the zip file one after the other. */
export interface Members {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly entries: readonly MemberEntry[];
}

export interface MemberEntry extends Pick<ZipEntry, "method" | "crc" | "compressedSize" | "size"> {
  /** With what stands in front of the data. */
  readonly length: number;
}

/** Reads and compresses files that are small enough to be kept in memory. */
export function wholeMembers(files: readonly Member[]): Members {
  const parts: Buffer[] = [];
  const entries = files.map(({ location, digest, name, mode, content }) => {
    const plain = content === undefined ? read(location) : Buffer.from(content);
    assertUnchanged(location, digest, createHash("sha256").update(plain).digest("base64"));
    const { data, method } = compressed(plain);
    const entry = { method, crc: crc32(plain), compressedSize: data.length, size: plain.length };
    const header = localHeader({ ...entry, name, mode });
    parts.push(header, data);
    return { ...entry, length: header.length + data.length };
  });
  return { bytes: joined(parts), entries };
}

/** Up to this size a file is small. */
export const mostOfMember = 1 << 20;

function compressed(plain: Buffer) {
  const data = mayShrink(plain) ? deflated(plain, true) : plain;
  return data.length < plain.length ? { data, method: methods.deflated } : { data: plain, method: methods.stored };
}

function read(location: string): Buffer {
  const { descriptor, stats } = openedFile(location);
  try {
    // A byte more shows that it has grown; the rest of it would not help.
    const buffer = Buffer.allocUnsafe(Math.min(stats.size, mostOfMember) + 1);
    let length = 0;
    for (;;) {
      const more = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += more;
      if (more === 0 || length === buffer.length) return buffer.subarray(0, length);
    }
  } catch (error) {
    throw unreadable(location, error);
  } finally {
    closeSync(descriptor);
  }
}

/** In memory of its own, which can be handed to another thread. */
function joined(parts: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
