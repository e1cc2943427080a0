import type { Tag } from "@aws-sdk/client-s3";
import type { Storage } from "./connect.ts";
import type { Place } from "./place.ts";
import { request } from "./request.ts";
import { isStorageError } from "./storageError.ts";

/** The tag on which a bucket's lifecycle rule may delete packages that nobody uses any more. */
export const unusedTag = { key: "rayjob/unused", value: "true" } as const;

/**
 * Notes on the object that somebody uses it, and that it is not unused. Packages are shared by content between resources,
 * stacks and backends; a user is a short text that no two resources share. Throws a StorageError of kind `missingObject` or
 * `missingBucket` when there is no object.
 */
export function markUsed(storage: Storage, place: Place, user: string, signal: AbortSignal): Promise<void> {
  return retag(storage, place, signal, (tags) => withUser(tags, user));
}

/**
 * Notes that somebody uses it no more; the last one marks it as unused. That makes it new, where the server can: the lifecycle
 * rule counts from when an object was written, and a job that still runs may be long in need of an old one. Throws the same.
 */
export function markLeft(storage: Storage, place: Place, user: string, signal: AbortSignal): Promise<void> {
  return retag(storage, place, signal, (tags) => withoutUser(tags, user));
}

const mark: Tag = { Key: unusedTag.key, Value: unusedTag.value };
const userPrefix = "rayjob/used-by-";
// S3 takes ten tags. With more users than that an object is everybody's: it is never marked again. Nor is one that has ten tags
// of somebody else's.
const mostTags = 10;
const shared: Tag = { Key: "rayjob/shared", Value: "true" };

function withUser(tags: Tag[], user: string): Tag[] {
  const own = tagOf(user);
  const others = tags.filter(({ Key }) => Key !== own.Key);
  if (has(others, shared.Key) || others.length < mostTags)
    return [...others, ...(has(others, shared.Key) ? [] : [own])];
  const foreign = others.filter(({ Key }) => !Key?.startsWith(userPrefix));
  return foreign.length < mostTags ? [...foreign, shared] : foreign;
}

function withoutUser(tags: Tag[], user: string): Tag[] {
  const others = tags.filter(({ Key }) => Key !== tagOf(user).Key);
  const isUsed = others.some(({ Key }) => Key === shared.Key || Key?.startsWith(userPrefix));
  return isUsed || others.length === mostTags ? others : [...others, mark];
}

function tagOf(user: string): Tag {
  return { Key: `${userPrefix}${user}`, Value: "true" };
}

function has(tags: Tag[], key: string | undefined): boolean {
  return tags.some(({ Key }) => Key === key);
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
    permission: "s3:GetObjectTagging, s3:PutObjectTagging",
  };
  const options = { abortSignal: signal };
  const tags = await request(storage, attempt, signal, () =>
    client.send(new sdk.GetObjectTaggingCommand(object), options).then(({ TagSet = [] }) => TagSet, noneForNoSet),
  );
  const wanted = change(tags.filter(({ Key }) => Key !== mark.Key));
  if (JSON.stringify(wanted) === JSON.stringify(tags)) return;
  if (has(wanted, mark.Key) && (await rewritten(storage, place, wanted, signal))) return;
  const tagging = new sdk.PutObjectTaggingCommand({ ...object, Tagging: { TagSet: wanted } });
  await request<unknown>(storage, attempt, signal, () => client.send(tagging, options));
}

/** Whether the object could be copied onto itself, with these tags. S3 does not copy more than 5 GB at once. */
async function rewritten(storage: Storage, place: Place, tags: Tag[], signal: AbortSignal): Promise<boolean> {
  const { CopyObjectCommand } = await import("@aws-sdk/client-s3");
  const { bucket, key } = place;
  const copy = new CopyObjectCommand({
    Bucket: bucket,
    Key: key,
    CopySource: [bucket, ...key.split("/")].map(encodeURIComponent).join("/"),
    // Without a change of its metadata S3 takes no copy onto itself.
    MetadataDirective: "REPLACE",
    ContentType: "application/zip",
    TaggingDirective: "REPLACE",
    Tagging: tags.map(({ Key = "", Value = "" }) => [Key, Value].map(encodeURIComponent).join("=")).join("&"),
  });
  const attempt = { action: "renew", place, permission: "s3:GetObject, s3:PutObject and s3:PutObjectTagging" };
  try {
    await request<unknown>(storage, attempt, signal, () => storage.client.send(copy, { abortSignal: signal }));
    return true;
  } catch (error) {
    if (!isStorageError(error) || isStorageError(error, "missingObject", "missingBucket")) throw error;
    return false;
  }
}

// For an object without tags AWS gives an empty set; others say that there is none.
function noneForNoSet(error: unknown): Tag[] {
  if (error instanceof Error && error.name === "NoSuchTagSet") return [];
  throw error;
}
