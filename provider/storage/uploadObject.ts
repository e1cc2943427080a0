import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Storage } from "./connect.ts";
import { objectExists } from "./objectExists.ts";
import type { Place } from "./place.ts";
import { request } from "./request.ts";
import { isStorageError } from "./storageError.ts";

export interface UploadOptions {
  /** No fewer bytes than there will be: S3 takes at most 10,000 parts. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Stores the bytes as a new object, in parts if they are many. An object that is there already is not overwritten, but
 * taken for the same. When it fails or is aborted, what was sent is removed again. An error of the bytes is thrown as it is.
 */
export async function uploadObject(
  storage: Storage,
  place: Place,
  bytes: () => Readable,
  options: UploadOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await uploadOnce(storage, place, bytes(), { IfNoneMatch: "*" }, options);
    } catch (error) {
      if (isStorageError(error, "exists")) return;
      // The answer to the last request was lost, and to the repeated one there is no such upload any more.
      if (isStorageError(error, "missingObject") && (await objectExists(storage, place, options.signal))) return;
      // Some servers other than AWS's do not know the condition.
      if (isStorageError(error, "unsupported")) return uploadOnce(storage, place, bytes(), {}, options);
      if (!isStorageError(error, "conflict") || attempt === mostAttempts) throw error;
    }
  }
}

async function uploadOnce(
  storage: Storage,
  place: Place,
  body: Readable,
  condition: { readonly IfNoneMatch?: string },
  { mostBytes, signal, onProgress }: UploadOptions,
): Promise<void> {
  const { Upload } = await import("@aws-sdk/lib-storage");
  const stop = () => body.destroy(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  // Whoever reads it hears of it; but nobody reads what is stopped before its upload begins.
  body.on("error", () => undefined);
  const upload = new Upload({
    client: await obeying(signal, storage, place),
    params: { Bucket: place.bucket, Key: place.key, Body: body, ContentType: "application/zip", ...condition },
    partSize: Math.max(smallestPart, Math.ceil(mostBytes / mostParts)),
  });
  upload.on("httpUploadProgress", ({ loaded = 0 }) => onProgress?.(loaded));
  try {
    await upload.done();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    body.destroy();
  }
}

/**
 * A client whose requests end with the signal, but for those whose outcome must be known: the one that starts an upload
 * in parts, or it could not be removed again, and the one that makes it an object.
 */
async function obeying(signal: AbortSignal, storage: Storage, place: Place): Promise<S3Client> {
  const sdk = await import("@aws-sdk/client-s3");
  const { client } = storage;
  const attempt = { action: "upload", place, permission: "s3:PutObject" };
  type Command = Parameters<S3Client["send"]>[0];
  const send = async (command: Command): Promise<unknown> => {
    if (command instanceof sdk.AbortMultipartUploadCommand) {
      // Why the upload has failed matters more; the bucket's lifecycle removes what is left then.
      return client.send(command, { abortSignal: AbortSignal.timeout(cleaningMs) }).catch(() => undefined);
    }
    const uninterrupted =
      command instanceof sdk.CreateMultipartUploadCommand || command instanceof sdk.CompleteMultipartUploadCommand;
    return request(storage, attempt, signal, () => client.send(command, uninterrupted ? {} : { abortSignal: signal }));
  };
  return Object.create(client, { send: { value: send } });
}

const mostAttempts = 3;
const smallestPart = 8 << 20;
const mostParts = 9_000;
const cleaningMs = 20_000;
