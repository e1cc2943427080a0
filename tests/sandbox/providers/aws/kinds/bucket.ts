import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutBucketTaggingCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { PropertyMap, Value } from "../../../../../provider/values/value.ts";
import { ifFound, statusOf } from "../awsError.ts";
import type { Aws } from "../clients.ts";
import { uniqueName } from "../names.ts";
import { awsTagsOf, tagsOf } from "../spelling.ts";
import type { Kind } from "./kind.ts";

/** `aws:s3/bucket:Bucket`: a bucket and its tags. */
export const bucket: Kind = {
  subjectOf: ({ bucket: name, bucketPrefix }) => `the bucket ${String(name ?? bucketPrefix)}`,
  autoName: { property: "bucket", prefix: "bucketPrefix", longest: 63, lowerCase: true },
  create,
  complete: (name, { tags }, { s3 }) => tag(s3, name, tags),
  read,
  update: (name, { tags }, { s3 }) => tag(s3, name, tags),
  async delete(name, { forceDestroy }, { s3 }) {
    if (forceDestroy === true) await ifFound(empty(s3, name));
    await ifFound(s3.send(new DeleteBucketCommand({ Bucket: name })));
  },
};

// Where buckets are made unless the request names another region, and where making one's own again is no error.
const firstRegion = "us-east-1";

async function create({ bucket: given, bucketPrefix }: PropertyMap, { s3, region }: Aws): Promise<string> {
  const name = typeof given === "string" ? given : uniqueName(String(bucketPrefix));
  if (region === firstRegion) await refuseExisting(s3, name);
  const place = region === firstRegion ? undefined : { LocationConstraint: region as BucketLocationConstraint };
  await s3.send(new CreateBucketCommand({ Bucket: name, ...(place ? { CreateBucketConfiguration: place } : {}) }));
  return name;
}

async function refuseExisting(s3: S3Client, name: string): Promise<void> {
  const status = await s3.send(new HeadBucketCommand({ Bucket: name })).then(
    () => 200,
    (error: unknown) => {
      const found = statusOf(error);
      // Somebody else's, or nobody's: what it is, the creation itself tells.
      if (found === 403 || found === 404) return found;
      throw error;
    },
  );
  if (status === 200) throw Object.assign(new Error(), { name: "BucketAlreadyOwnedByYou" });
}

async function read(name: string, { s3 }: Aws): Promise<PropertyMap | undefined> {
  const location = await ifFound(s3.send(new GetBucketLocationCommand({ Bucket: name })));
  if (location === undefined) return undefined;
  const region = location.LocationConstraint ?? firstRegion;
  const tagging = await ifFound(s3.send(new GetBucketTaggingCommand({ Bucket: name })));
  return {
    bucket: name,
    tags: tagsOf(tagging?.TagSet?.map(({ Key, Value }) => ({ Key, Value }))),
    region,
    arn: `arn:aws:s3:::${name}`,
    bucketDomainName: `${name}.s3.amazonaws.com`,
    bucketRegion: region,
    bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
  };
}

async function tag(s3: S3Client, name: string, tags: Value | undefined): Promise<void> {
  const TagSet = awsTagsOf(tags);
  if (TagSet.length > 0) await s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet } }));
  else await s3.send(new DeleteBucketTaggingCommand({ Bucket: name }));
}

/** Removes every object, in every version, and the marks of those that were deleted. */
async function empty(s3: S3Client, name: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: name }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket: name, Delete: { Objects } }));
    const [first] = Errors;
    if (first) throw new Error(`its object ${first.Key} cannot be deleted: ${first.Message} (${first.Code})`);
  }
}
