import { isList, isPropertyMap, type PropertyMap, type Value } from "../../../../provider/values/value.ts";

/** A property as the AWS SDK spells it: `abortIncompleteMultipartUpload` is `AbortIncompleteMultipartUpload` there. */
export function toAws(value: Value | undefined): unknown {
  if (isList(value)) return value.map(toAws);
  if (!isPropertyMap(value)) return value ?? undefined;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [awsNameOf(name), toAwsMember(name, each)]));
}

/** What the AWS SDK gave, as the Pulumi package spells it; what is undefined there is left out. */
export function fromAws(value: unknown): Value {
  if (Array.isArray(value)) return value.map(fromAws);
  if (typeof value !== "object" || value === null) return value as Value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([name, each]) => [nameOf(name), fromAwsMember(name, each)]));
}

/** `{ team: "ml" }` for `[{ Key: "team", Value: "ml" }]`. */
export function tagsOf(tags: readonly Tag[] | undefined): PropertyMap | undefined {
  if (tags === undefined || tags.length === 0) return undefined;
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

export function awsTagsOf(tags: Value | undefined): { Key: string; Value: string }[] {
  return isPropertyMap(tags) ? Object.entries(tags).map(([name, value]) => ({ Key: name, Value: String(value) })) : [];
}

interface Tag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

const irregular: Readonly<Record<string, string>> = {
  id: "ID",
  sseAlgorithm: "SSEAlgorithm",
  kmsMasterKeyId: "KMSMasterKeyID",
};

function awsNameOf(name: string): string {
  return irregular[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function nameOf(awsName: string): string {
  const found = Object.entries(irregular).find(([, spelling]) => spelling === awsName);
  return found?.[0] ?? `${awsName.charAt(0).toLowerCase()}${awsName.slice(1)}`;
}

function toAwsMember(name: string, value: Value | undefined): unknown {
  return name === "tags" ? awsTagsOf(value) : toAws(value);
}

function fromAwsMember(awsName: string, value: unknown): Value {
  return awsName === "Tags" ? (tagsOf(value as Tag[]) ?? {}) : fromAws(value);
}
