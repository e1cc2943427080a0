import { crc32, deflateRawSync } from "node:zlib";
import { directoryRecord, endRecords, localHeader, type Method } from "../../provider/packaging/zip/records.ts";

/** An entry of a zip file that a test makes by hand, as odd as it likes. */
export interface Made {
  readonly name: string;
  readonly content?: string | Buffer;
  readonly mode?: number;
  /** The number of the compression method; what is not deflated is stored. */
  readonly method?: number;
  readonly isEncrypted?: boolean;
}

/** A zip file with these entries, in this order. */
export function aZip(...entries: readonly (Made | string)[]): Buffer {
  const pieces: Buffer[] = [];
  const records: Buffer[] = [];
  let offset = 0;
  for (const made of entries) {
    const {
      name,
      content = "",
      mode = 0o100644,
      method = 0,
      isEncrypted = false,
    } = typeof made === "string" ? { name: made } : made;
    const plain = Buffer.from(content);
    const packed = method === 8 ? deflateRawSync(plain) : plain;
    const data = isEncrypted ? Buffer.concat([Buffer.alloc(12), packed]) : packed;
    const entry = {
      ...{ name, mode, method: method as Method, size: plain.length, offset },
      ...{ crc: crc32(plain), compressedSize: data.length },
    };
    const header = localHeader(entry);
    const record = directoryRecord(entry);
    if (isEncrypted) record.writeUInt16LE(record.readUInt16LE(8) | 1, 8);
    pieces.push(header, data);
    records.push(record);
    offset += header.length + data.length;
  }
  const directory = Buffer.concat(records);
  return Buffer.concat([...pieces, directory, endRecords(records.length, directory.length, offset)]);
}
