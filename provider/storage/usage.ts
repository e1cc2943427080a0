import type { Tag } from "@aws-sdk/client-s3";
import type { Storage } from "./connect.ts";
import type { Place } from "./place.ts";
import { request } from "./request.ts";
import { isStorageError } from "./storageError.ts";

/** The tag on which a bucket's lifecycle rule may delete packages that nobody uses any more. */
export const unusedTag = { key: "rayjob/unused", value: "true" } as const;

/**
 * Notes on an object that was just stored that somebody uses it. Packages are shared by content between resources, stacks and
 * backends; a user is a short text that no two resources share. Throws a StorageError of kind `missingObject` or `missingBucket`
 * when there is no object.
 */
export function markUsed(storage: Storage, place: Place, user: string, signal: AbortSignal): Promise<void> {
  return retag(storage, place, signal, (tags) => withUser(tags, user));
}

/**
 * Notes the same on an object that was there already, and that it is not unused. One on which nobody has noted anything is
 * everybody's: whoever stored it may not write tags. Throws the same.
 */
export function markUsedToo(storage: Storage, place: Place, user: string, signal: AbortSignal): Promise<void> {
  const isEverybodys = (tags: Tag[]) => !isNoted(tags) && tags.length < mostTags;
  return retag(storage, place, signal, (tags) => withUser(isEverybodys(tags) ? [...tags, shared] : tags, user));
}

/**
 * Notes that somebody uses it no more; the last one marks it as unused. That makes it new, where the server can: the lifecycle
 * rule counts from when an object was written, and a job that still runs may be long in need of an old one. Throws the same, and
 * whatever keeps a server that can from making it new.
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
  const others = withoutTag(withoutTag(tags, mark), own);
  if (has(others, shared)) return others;
  if (others.length < mostTags) return [...others, own];
  const foreign = others.filter((tag) => !isUser(tag));
  return foreign.length < mostTags ? [...foreign, shared] : foreign;
}

function withoutUser(tags: Tag[], user: string): Tag[] {
  const others = withoutTag(withoutTag(tags, mark), tagOf(user));
  const isUsed = has(others, shared) || others.some(isUser);
  return isUsed || others.length === mostTags ? others : [...others, mark];
}

function isNoted(tags: Tag[]): boolean {
  return has(tags, mark) || has(tags, shared) || tags.some(isUser);
}

function isUser({ Key }: Tag): boolean {
  return Key?.startsWith(userPrefix) === true;
}

function tagOf(user: string): Tag {
  return { Key: `${userPrefix}${user}`, Value: "true" };
}

function has(tags: Tag[], { Key: key }: Tag): boolean {
  return tags.some(({ Key }) => Key === key);
}

function withoutTag(tags: Tag[], { Key: key }: Tag): Tag[] {
  return tags.filter(({ Key }) => Key !== key);
}

/**
 * Writes the tags where they change. The whole set is replaced at once, and somebody else may do the same at the same time:
 * so it is looked at again, until it is as it should be.
 */
async function retag(
  storage: Storage,
  place: Place,
  signal: AbortSignal,
  change: (tags: Tag[]) => Tag[],
): Promise<void> {
  const sdk = await import("@aws-sdk/client-s3");
  const { client } = storage;
  const object = { Bucket: place.bucket, Key: place.key };
  const attempt = { action: "tag", place, permission: "s3:GetObjectTagging, s3:PutObjectTagging" };
  const options = { abortSignal: signal };
  for (let round = 0; round < mostRounds; round++) {
    const tags = await request(storage, attempt, signal, () =>
      client.send(new sdk.GetObjectTaggingCommand(object), options).then(({ TagSet = [] }) => TagSet, noneForNoSet),
    );
    const wanted = change(tags);
    if (isSame(wanted, tags)) return;
    if (has(wanted, mark) && (await rewritten(storage, place, wanted, signal))) continue;
    const tagging = new sdk.PutObjectTaggingCommand({ ...object, Tagging: { TagSet: wanted } });
    await request<unknown>(storage, attempt, signal, () => client.send(tagging, options));
  }
}

const mostRounds = 5;

/** Whether the tags are the same, in any order. */
function isSame(some: Tag[], others: Tag[]): boolean {
  return some.length === others.length && some.every((tag) => has(others, tag));
}

/**
 * Whether the object could be copied onto itself, with these tags: there are servers that cannot, and S3 does not copy more than
 * 5 GB at once. Any other failure is thrown: with the mark on an old object, that would be deleted within the day.
 */
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
    if (!isStorageError(error, "unsupported", "other")) throw error;
    return false;
  }
}

// For an object without tags AWS gives an empty set; others say that there is none.
function noneForNoSet(error: unknown): Tag[] {
  if (error instanceof Error && error.name === "NoSuchTagSet") return [];
  throw error;
}
