/** Where an object lies. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** The one form in which an object is named, here and by Ray. */
export function uriOf({ bucket, key }: Place): string {
  return `s3://${bucket}/${key}`;
}
