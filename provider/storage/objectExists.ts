import type { Storage } from "./connect.ts";
import type { Place } from "./place.ts";
import { request } from "./request.ts";
import { isStorageError } from "./storageError.ts";

/** Whether there is such an object. A bucket that does not exist holds none. */
export async function objectExists(storage: Storage, place: Place, signal: AbortSignal): Promise<boolean> {
  const { HeadObjectCommand, GetObjectCommand } = await import("@aws-sdk/client-s3");
  const { client } = storage;
  const object = { Bucket: place.bucket, Key: place.key };
  const attempt = { action: "look for", place, permission: "s3:GetObject and s3:ListBucket" };
  return whetherFound(async () => {
    try {
      await request(storage, attempt, signal, () =>
        client.send(new HeadObjectCommand(object), { abortSignal: signal }),
      );
    } catch (error) {
      if (isStorageError(error, "missingObject", "unreachable") || !isStorageError(error)) throw error;
      // The answer to a HEAD has no body that would say what is wrong.
      await request(storage, attempt, signal, async () => {
        const asked = new GetObjectCommand({ ...object, Range: "bytes=0-0" });
        const { Body } = await client.send(asked, { abortSignal: signal });
        await Body?.transformToByteArray();
      });
    }
  });
}

async function whetherFound(look: () => Promise<void>): Promise<boolean> {
  try {
    await look();
    return true;
  } catch (error) {
    if (isStorageError(error, "missingObject", "missingBucket")) return false;
    throw error;
  }
}
