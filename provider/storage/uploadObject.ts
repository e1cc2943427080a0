import type { Readable } from "node:stream";
import type { Storage } from "./connect.ts";
import { objectExists } from "./objectExists.ts";
import type { Place } from "./place.ts";
import { isStorageError } from "./storageError.ts";
import { type UploadOptions, type Way, writeObject } from "./writeObject.ts";

/**
 * Stores the bytes as a new object, in parts if they are many, with a checksum of all of them that the server compares before
 * there is an object. One that is there already is not overwritten, but taken for the same. When it fails or is aborted, what
 * was sent is removed again. An error of the bytes is thrown as it is.
 */
export async function uploadObject(
  storage: Storage,
  place: Place,
  bytes: () => Readable,
  options: UploadOptions,
): Promise<void> {
  for (const way of ways) {
    try {
      return await uploadOneWay(storage, place, bytes, way, options);
    } catch (error) {
      if (!isStorageError(error, "unsupported") || way === ways.at(-1)) throw error;
    }
  }
}

// Some servers other than AWS's do not know the condition, or checksums, or neither.
const ways: readonly Way[] = [
  { isConditional: true, isChecked: true },
  { isConditional: true, isChecked: false },
  { isConditional: false, isChecked: true },
  { isConditional: false, isChecked: false },
];

async function uploadOneWay(
  storage: Storage,
  place: Place,
  bytes: () => Readable,
  way: Way,
  options: UploadOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await writeObject(storage, place, bytes(), way, options);
    } catch (error) {
      if (isStorageError(error, "exists")) return;
      // The answer to the last request was lost, and to the repeated one there is no such upload any more.
      if (isStorageError(error, "missingObject") && (await objectExists(storage, place, options.signal))) return;
      if (!isStorageError(error, "conflict", "damaged") || attempt === mostAttempts) throw error;
    }
  }
}

const mostAttempts = 3;
