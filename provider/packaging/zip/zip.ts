import { Readable } from "node:stream";
import { forgetAll } from "../cache/folder.ts";
import { modeOf } from "../identity.ts";
import { PackagingError } from "../packagingError.ts";
import type { SurveyedFile } from "../survey.ts";
import { batchesOf } from "../threads/batches.ts";
import { allDone } from "../threads/threads.ts";
import type { Work } from "../threads/work.ts";
import { LargeFile } from "./largeFile.ts";
import { type Member, mostOfMember } from "./members.ts";
import { dataDescriptor, directoryRecord, endRecords, localHeader } from "./records.ts";

/**
 * The files as a zip file that is the same, byte for byte, whenever and wherever it is made: sorted, without times and
 * owners. All of it lies in one directory, which Ray asks for and takes off. It is made as it is read, in little memory.
 *
 * Fails with a PackagingError, before its last byte, when a file is not what it was in the survey.
 */
export function zipOf(files: readonly SurveyedFile[]): Readable {
  return Readable.from(bytesOf(files), { objectMode: false, highWaterMark: 1 << 20 });
}

async function* bytesOf(files: readonly SurveyedFile[]): AsyncGenerator<Uint8Array> {
  const written = new Written();
  try {
    for (const stretch of stretchesOf(files)) {
      const [first] = stretch;
      if (first && isLarge(first)) yield* large(first, written);
      else yield* small(stretch, written);
    }
  } catch (error) {
    // Should what was said of a file have come from the cache, the next survey is to read it.
    if (error instanceof PackagingError) forgetAll();
    throw error;
  }
  yield* written.end();
}

/** What is left of files once their bytes are out: their lines in the directory, and how many bytes there are. */
class Written {
  readonly #records: Buffer[] = [];
  offset = 0;

  add(entry: Parameters<typeof directoryRecord>[0]): void {
    this.#records.push(directoryRecord(entry));
  }

  *end(): Generator<Uint8Array> {
    const directory = Buffer.concat(this.#records);
    yield directory;
    yield endRecords(this.#records.length, directory.length, this.offset);
  }
}

/** Whether a file is read piece by piece; what is in memory already is not. */
function isLarge({ size, content }: SurveyedFile): boolean {
  return size > mostOfMember && content === undefined;
}

/** The files in their order, each large one alone. */
function* stretchesOf(files: readonly SurveyedFile[]): Generator<SurveyedFile[]> {
  let small: SurveyedFile[] = [];
  for (const file of files) {
    if (!isLarge(file)) {
      small.push(file);
      continue;
    }
    if (small.length > 0) yield small;
    small = [];
    yield [file];
  }
  if (small.length > 0) yield small;
}

async function* small(files: readonly SurveyedFile[], written: Written): AsyncGenerator<Uint8Array> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  let next = 0;
  for await (const { bytes: data, entries } of allDone(membersOf(files), bytes)) {
    yield data;
    for (const { length, ...entry } of entries) {
      const file = files[next++] as SurveyedFile;
      written.add({ ...namedOf(file), ...entry, offset: written.offset });
      written.offset += length;
    }
  }
}

/** About a megabyte at a time. */
function* membersOf(files: readonly SurveyedFile[]): Generator<Work<"members">> {
  for (const batch of batchesOf(files, 1 << 20)) yield { kind: "members", given: batch.map(memberOf) };
}

function memberOf({ location, path, executable, digest, content }: SurveyedFile): Member {
  const member = { location, digest: digest.toString("base64"), ...namedOf({ path, executable }) };
  // A thread is sent all of the memory that a buffer is a part of.
  return content === undefined ? member : { ...member, content: new Uint8Array(content) };
}

async function* large(file: SurveyedFile, written: Written): AsyncGenerator<Uint8Array> {
  const { offset } = written;
  const reading = new LargeFile(file);
  try {
    const begun = {
      ...namedOf(file),
      size: file.size,
      method: reading.method,
      streamed: { isLarge: file.size >= largeFrom },
    };
    const header = localHeader(begun);
    yield header;
    let compressedSize = 0;
    for await (const bytes of reading.data(begun.method)) {
      compressedSize += bytes.length;
      yield bytes;
    }
    const entry = { ...begun, offset, compressedSize, ...reading.sums() };
    const descriptor = dataDescriptor(entry);
    yield descriptor;
    written.add(entry);
    written.offset += header.length + compressedSize + descriptor.length;
  } finally {
    reading.close();
  }
}

function namedOf({ path, executable }: Pick<SurveyedFile, "path" | "executable">) {
  return { name: `${topLevel}/${path}`, mode: regularFile | modeOf(executable) };
}

const topLevel = "working-dir";
const regularFile = 0o100000;
// What does not shrink grows a little, and is not to outgrow 32 bits unforeseen.
const largeFrom = 0xff000000;
