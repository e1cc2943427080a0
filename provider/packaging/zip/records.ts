/** A file's line in a zip file's directory. */
export interface ZipEntry {
  readonly name: string;
  readonly mode: number;
  readonly method: Method;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its local header starts. */
  readonly offset: number;
  /** Checksum and sizes stand behind the data, in 64 bits where `isLarge` says so. */
  readonly streamed?: { readonly isLarge: boolean };
}

export const methods = { stored: 0, deflated: 8 } as const;
export type Method = (typeof methods)[keyof typeof methods];

// The records of a zip file, as APPNOTE.TXT of PKWARE numbers them in its section 4.3.

/** 4.3.7, what stands in front of a file's data. */
export function localHeader(entry: Omit<ZipEntry, "offset" | "crc" | "compressedSize"> & Partial<ZipEntry>): Buffer {
  const { streamed, crc = 0, compressedSize = 0 } = entry;
  const isLarge = streamed?.isLarge ?? false;
  // With these in the header and zeros in the extra field, readers expect 64 bits behind the data.
  const sizes = streamed ? (isLarge ? [max32, max32] : [0, 0]) : [compressedSize, entry.size];
  const name = Buffer.from(entry.name);
  const extra = isLarge ? extraField([0, 0]) : Buffer.alloc(0);
  return Buffer.concat([
    record(0x04034b50, [
      ...common(entry, isLarge),
      [4, streamed ? 0 : crc],
      [4, sizes[0] ?? 0],
      [4, sizes[1] ?? 0],
      [2, name.length],
      [2, extra.length],
    ]),
    name,
    extra,
  ]);
}

/** 4.3.9, what stands behind the data of a file whose checksum and size were not known before. */
export function dataDescriptor({ crc, compressedSize, size, streamed }: ZipEntry): Buffer {
  const width = streamed?.isLarge ? 8 : 4;
  return record(0x08074b50, [
    [4, crc],
    [width, compressedSize],
    [width, size],
  ]);
}

/** 4.3.12, a file's line in the directory. */
export function directoryRecord(entry: ZipEntry): Buffer {
  const { size, compressedSize, offset } = entry;
  const isLarge = [size, compressedSize, offset].some((value) => value >= max32);
  const name = Buffer.from(entry.name);
  const extra = isLarge ? extraField([size, compressedSize, offset]) : Buffer.alloc(0);
  const inPlace = (value: number): Field => [4, isLarge ? max32 : value];
  return Buffer.concat([
    record(0x02014b50, [
      [2, madeOnUnix],
      ...common(entry, isLarge),
      [4, entry.crc],
      inPlace(compressedSize),
      inPlace(size),
      [2, name.length],
      [2, extra.length],
      [2, 0], // no comment
      [2, 0], // on the first disk
      [2, 0], // no internal attributes
      [4, (entry.mode << 16) >>> 0],
      inPlace(offset),
    ]),
    name,
    extra,
  ]);
}

/** 4.3.14 to 4.3.16, the end of the file. */
export function endRecords(count: number, directorySize: number, directoryOffset: number): Buffer {
  const isLarge = count >= max16 || directorySize >= max32 || directoryOffset >= max32;
  const end = record(0x06054b50, [
    [2, 0],
    [2, 0],
    [2, isLarge ? max16 : count],
    [2, isLarge ? max16 : count],
    [4, isLarge ? max32 : directorySize],
    [4, isLarge ? max32 : directoryOffset],
    [2, 0], // no comment
  ]);
  if (!isLarge) return end;
  const largeEnd = record(0x06064b50, [
    [8, 44], // the size of the rest of this record
    [2, madeOnUnix],
    [2, versionOfLarge],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, directorySize],
    [8, directoryOffset],
  ]);
  const locator = record(0x07064b50, [
    [4, 0],
    [8, directoryOffset + directorySize],
    [4, 1],
  ]);
  return Buffer.concat([largeEnd, locator, end]);
}

/** The version needed to read it up to the time of its last change. */
function common({ method, streamed }: Pick<ZipEntry, "method" | "streamed">, isLarge: boolean): Field[] {
  return [
    [2, isLarge ? versionOfLarge : 20],
    [2, streamed ? utf8Names | sizesBehind : utf8Names],
    [2, method],
    [2, 0], // 00:00:00
    [2, 0x21], // 1 January 1980, the first day that the format knows
  ];
}

// 4.5.3
function extraField(values: readonly number[]): Buffer {
  const fields = values.map((value): Field => [8, value]);
  return fieldsOf([[2, 0x0001], [2, fields.length * 8], ...fields]);
}

type Field = readonly [bytes: 2 | 4 | 8, value: number];

function record(signature: number, fields: readonly Field[]): Buffer {
  return fieldsOf([[4, signature], ...fields]);
}

function fieldsOf(fields: readonly Field[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let offset = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), offset);
    else buffer.writeUIntLE(value, offset, bytes);
    offset += bytes;
  }
  return buffer;
}

const utf8Names = 1 << 11;
const sizesBehind = 1 << 3;
const versionOfLarge = 45;
const madeOnUnix = (3 << 8) | versionOfLarge;
const max16 = 0xffff;
const max32 = 0xffffffff;
