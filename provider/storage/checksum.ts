import { Readable } from "node:stream";
import { crc32 } from "node:zlib";

/**
 * The same bytes, and the CRC-32 of all that was read of them, in S3's spelling. It is taken here, and not of the parts that
 * the SDK cuts, so that it vouches for how these were cut and put together, too.
 */
export function summed(bytes: Readable): { readonly body: Readable; readonly checksum: () => string } {
  let sum = 0;
  async function* read(): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  }
  return { body: Readable.from(read(), { objectMode: false }), checksum: () => spelled(sum) };
}

function spelled(sum: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(sum);
  return bytes.toString("base64");
}
