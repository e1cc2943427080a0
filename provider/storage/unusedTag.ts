import type { Tag } from "@aws-sdk/client-s3";
import type { Storage } from "./connect.ts";
import type { Place } from "./place.ts";
import { request } from "./request.ts";

/**
 * The tag on which a bucket's lifecycle rule may delete packages that no stack refers to any more. Packages are shared by
 * content: they are marked instead of deleted, and whoever needs one again takes the mark off.
 */
export const unusedTag = { Key: "rayjob/unused", Value: "true" } as const satisfies Tag;

/** Marks the object. Throws a StorageError of kind `missingObject` or `missingBucket` when there is none. */
export function markUnused(storage: Storage, place: Place, signal: AbortSignal): Promise<void> {
  return retag(storage, place, signal, (others) => [...others, unusedTag]);
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
  const { GetObjectTaggingCommand, PutObjectTaggingCommand } = await import("@aws-sdk/client-s3");
  const { client } = storage;
  const object = { Bucket: place.bucket, Key: place.key };
  const attempt = { action: "tag", place, permission: "s3:GetObjectTagging and s3:PutObjectTagging" };
  const { TagSet = [] } = await request(storage, attempt, signal, () =>
    client.send(new GetObjectTaggingCommand(object), { abortSignal: signal }),
  );
  const wanted = change(TagSet.filter(({ Key }) => Key !== unusedTag.Key));
  if (JSON.stringify(wanted) === JSON.stringify(TagSet)) return;
  await request(storage, attempt, signal, () =>
    client.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: wanted } }), { abortSignal: signal }),
  );
}
