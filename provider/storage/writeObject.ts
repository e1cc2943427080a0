import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { summed } from "./checksum.ts";
import type { Storage } from "./connect.ts";
import { objectExists } from "./objectExists.ts";
import { type Place, uriOf } from "./place.ts";
import { request } from "./request.ts";
import { endpointOf } from "./storageConfiguration.ts";
import { StorageError } from "./storageError.ts";

export interface UploadOptions {
  /** No fewer bytes than there will be: S3 takes at most 10,000 parts. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (bytes: number) => void;
}

/** What the server is asked to see to. */
export interface Way {
  /** That no other object is overwritten. */
  readonly isConditional: boolean;
  /** That what has arrived is what was sent. */
  readonly isChecked: boolean;
}

/** Sends the bytes once. What was sent is removed again unless all of it became an object. */
export async function writeObject(
  storage: Storage,
  place: Place,
  bytes: Readable,
  way: Way,
  options: UploadOptions,
): Promise<void> {
  const { Upload } = await import("@aws-sdk/lib-storage");
  const { mostBytes, signal, onProgress } = options;
  const { body, checksum } = summed(bytes);
  const stop = () => bytes.destroy(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  // Whoever reads them hears of it; but nobody reads what is stopped before its upload begins.
  for (const stream of [bytes, body]) stream.on("error", () => undefined);
  const upload = new Upload({
    client: await sender(storage, place, way, checksum, signal),
    params: {
      Bucket: place.bucket,
      Key: place.key,
      Body: body,
      ContentType: "application/zip",
      ...(way.isConditional ? { IfNoneMatch: "*" } : {}),
    },
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
    bytes.destroy();
    body.destroy();
  }
}

/**
 * A client that sends what an upload asks for. Its requests end with the signal, but for those whose outcome must be known:
 * the one that starts an upload in parts, or it could not be removed again, and the one that makes it an object.
 */
async function sender(
  storage: Storage,
  place: Place,
  { isChecked }: Way,
  checksum: () => string,
  signal: AbortSignal,
): Promise<S3Client> {
  const sdk = await import("@aws-sdk/client-s3");
  const client = isChecked ? storage.client : storage.withoutChecksums();
  const attempt = { action: "upload", place, permission: "s3:PutObject" };
  type Command = Parameters<S3Client["send"]>[0];
  // Whether the server compares the checksum of the whole, and not only those of the parts.
  let comparesWhole = false;

  async function send(command: Command): Promise<unknown> {
    if (command instanceof sdk.PutObjectCommand) {
      if (isChecked) command.input.ChecksumCRC32 = checksum();
      await unlessThere();
    }
    if (command instanceof sdk.CreateMultipartUploadCommand) return begin(command);
    if (command instanceof sdk.CompleteMultipartUploadCommand) return complete(command);
    if (command instanceof sdk.AbortMultipartUploadCommand) return abort(command);
    return request(storage, attempt, signal, () => client.send(command, { abortSignal: signal }));
  }

  async function begin(command: InstanceType<typeof sdk.CreateMultipartUploadCommand>) {
    if (isChecked) command.input.ChecksumType = "FULL_OBJECT";
    const begun = await request(storage, attempt, signal, () => client.send(command));
    comparesWhole = begun.ChecksumType === "FULL_OBJECT";
    return begun;
  }

  async function complete(command: InstanceType<typeof sdk.CompleteMultipartUploadCommand>) {
    if (comparesWhole) Object.assign(command.input, { ChecksumType: "FULL_OBJECT", ChecksumCRC32: checksum() });
    await unlessThere();
    return request(storage, attempt, signal, () => client.send(command));
  }

  /** AWS sees to the condition at the very moment; of other servers some pass over it without a word. */
  async function unlessThere(): Promise<void> {
    if (endpointOf(storage.configuration) === undefined || !(await objectExists(storage, place, signal))) return;
    throw new StorageError("exists", `Cannot upload ${uriOf(place)}: it is there already`);
  }

  /** Why the upload has failed matters more; the bucket's lifecycle removes what is left then. */
  function abort(command: InstanceType<typeof sdk.AbortMultipartUploadCommand>) {
    return client.send(command, { abortSignal: AbortSignal.timeout(cleaningMs) }).catch(() => undefined);
  }

  return Object.create(client, { send: { value: send } });
}

const smallestPart = 8 << 20;
const mostParts = 9_000;
const cleaningMs = 20_000;
