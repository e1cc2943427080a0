import { Readable } from "node:stream";
import { modeOf } from "../identity.ts";
import type { SurveyedFile } from "../survey.ts";
import { dataDescriptor, directoryRecord, endRecords, localHeader } from "./records.ts";
import { methodFor, streamedData } from "./streamedData.ts";
import { mostOfWhole, wholeContent } from "./wholeContent.ts";

/**
 * The files as a zip file that is the same, byte for byte, whenever and wherever it is made: sorted, without times and
 * owners. All of it lies in one directory, which Ray asks for and takes off. It is made as it is read, in little memory.
 *
 * Fails with a PackagingError, before its last byte, when a file is not what it was in the survey.
 */
export function zipOf(files: readonly SurveyedFile[]): Readable {
  return Readable.from(bytesOf(files), { objectMode: false });
}

async function* bytesOf(files: readonly SurveyedFile[]): AsyncGenerator<Buffer> {
  const records: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const { record, length } = yield* file.size > mostOfWhole ? streamed(file, offset) : whole(file, offset);
    records.push(record);
    offset += length;
  }
  const directory = Buffer.concat(records);
  yield directory;
  yield endRecords(files.length, directory.length, offset);
}

/** What is left of a file once its bytes are out: its line in the directory, and how many bytes it took. */
interface Written {
  readonly record: Buffer;
  readonly length: number;
}

async function* whole(file: SurveyedFile, offset: number): AsyncGenerator<Buffer, Written> {
  const { data, method, crc } = wholeContent(file);
  const entry = { ...begun(file, offset), method, crc, compressedSize: data.length };
  const bytes = Buffer.concat([localHeader(entry), data]);
  yield bytes;
  return { record: directoryRecord(entry), length: bytes.length };
}

async function* streamed(file: SurveyedFile, offset: number): AsyncGenerator<Buffer, Written> {
  const start = { ...begun(file, offset), method: methodFor(file), streamed: { isLarge: file.size >= largeFrom } };
  const header = localHeader(start);
  yield header;
  const entry = { ...start, ...(yield* streamedData(file, start.method)) };
  const descriptor = dataDescriptor(entry);
  yield descriptor;
  return { record: directoryRecord(entry), length: header.length + entry.compressedSize + descriptor.length };
}

function begun(file: SurveyedFile, offset: number) {
  const mode = regularFile | modeOf(file.executable);
  return { name: `${topLevel}/${file.path}`, mode, size: file.size, offset };
}

const topLevel = "working-dir";
const regularFile = 0o100000;
// What does not shrink grows a little, and is not to outgrow 32 bits unforeseen.
const largeFrom = 0xff000000;
