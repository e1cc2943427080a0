import type { CustomResourceOptions } from "@pulumi/pulumi";
import { fittedNameOf } from "../../job/names.ts";

/** What a child is called in the program: Pulumi's `aws` plug-in appends `-` and seven hex digits to it for AWS. */
export interface ChildName {
  readonly name: string;
  /** What it was called before, by which one that is there is known. */
  readonly aliases: NonNullable<CustomResourceOptions["aliases"]>;
}

/** The name of the bucket: that of the component, unless S3 takes none that begins so. */
export function bucketNameOf(component: string): ChildName {
  const isFit = component.length <= longestBucketName - suffixLength && bucketStart.test(component.toLowerCase());
  return childNamed(component, isFit ? component : fittedNameOf(component, 40));
}

/** The name of the reader's role, unless IAM takes none that begins so. */
export function readerNameOf(component: string): ChildName {
  const own = `${component}-reader`;
  const isFit = own.length <= longestRoleName - suffixLength && /^[\w+=,.@-]+$/.test(own);
  return childNamed(own, isFit ? own : `${fittedNameOf(component, 40)}-reader`);
}

/** S3 servers other than AWS's may have taken a name that is not fit: what was made by it is kept. */
function childNamed(before: string, name: string): ChildName {
  return { name, aliases: name === before ? [] : [{ name: before }] };
}

// The plug-in makes it lower case. A dash at the end is one before another dash, and no dot has one beside it.
const bucketStart = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*-*$/;
const longestBucketName = 63;
const longestRoleName = 64;
const suffixLength = 8;
