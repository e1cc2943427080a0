import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { unreadableNamed } from "./failures/reading.ts";

/** SHA-256 of a file, and how long it is. */
export async function digestOf(location: string): Promise<{ readonly digest: Buffer; readonly size: number }> {
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const bytes of createReadStream(location, { highWaterMark: 1 << 20 })) {
      hash.update(bytes);
      size += bytes.length;
    }
  } catch (error) {
    throw unreadableNamed(location, error);
  }
  return { digest: hash.digest(), size };
}
