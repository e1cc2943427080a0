import type { Tag } from "@aws-sdk/client-s3";
import type { Storage } from "./connect.ts";
import type { Place } from "./place.ts";
import { request } from "./request.ts";

/**
 * The tag on which a bucket's lifecycle rule may delete packages that no stack refers to any more. Packages are shared by
 * content: they are marked instead of deleted, and whoever needs one again takes the mark off.
 */
export const unusedTag = { key: "rayjob/unused", value: "true" } as const;

const mark: Tag = { Key: unusedTag.key, Value: unusedTag.value };

/** Marks the object. Throws a StorageError of kind `missingObject` or `missingBucket` when there is none. */
export function markUnused(storage: Storage, place: Place, signal: AbortSignal): Promise<void> {
  return retag(storage, place, signal, (others) => [...others, mark]);
}

/** Takes the mark off. Throws the same. */
export function clearUnused(storage: Storage, place: Place, signal: AbortSignal): Promise<void> {
  return retag(storage, place, signal, (others) => others);
}

/** Writes the tags only where they change: the whole set is replaced at once. */
async function retag(
  storage: Storage,
  place: Place,
  signal: AbortSignal,
  change: (others: Tag[]) => Tag[],
): Promise<void> {
  const sdk = await import("@aws-sdk/client-s3");
  const { client } = storage;
  const object = { Bucket: place.bucket, Key: place.key };
  const attempt = {
    action: "tag",
    place,
    permission: "s3:GetObjectTagging, s3:PutObjectTagging, s3:DeleteObjectTagging",
  };
  const options = { abortSignal: signal };
  const tags = await request(storage, attempt, signal, () =>
    client.send(new sdk.GetObjectTaggingCommand(object), options).then(({ TagSet = [] }) => TagSet, noneForNoSet),
  );
  const wanted = change(tags.filter(({ Key }) => Key !== mark.Key));
  if (JSON.stringify(wanted) === JSON.stringify(tags)) return;
  await request<unknown>(storage, attempt, signal, () =>
    wanted.length === 0
      ? client.send(new sdk.DeleteObjectTaggingCommand(object), options)
      : client.send(new sdk.PutObjectTaggingCommand({ ...object, Tagging: { TagSet: wanted } }), options),
  );
}

// For an object without tags AWS gives an empty set; others say that there is none.
function noneForNoSet(error: unknown): Tag[] {
  if (error instanceof Error && error.name === "NoSuchTagSet") return [];
  throw error;
}
