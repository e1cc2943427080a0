import { shortHashOf } from "./identity.ts";
import type { SurveyedFile } from "./survey.ts";

/** The short hashes of the first files by their paths: enough for a preview to say what has changed, and little to keep. */
export function listingOf(files: readonly SurveyedFile[]): Record<string, string> {
  return Object.fromEntries(files.slice(0, longestListing).map((file) => [file.path, shortHashOf(file)]));
}

/**
 * Where in the bucket a package lies: the same for the same content, whoever stores it. A wheel keeps its name, which Ray
 * and pip take from the URI.
 */
export function keyOf(prefix: string, hash: string, wheelName?: string): string {
  const name = wheelName === undefined ? `${hash}.zip` : `${hash}/${wheelName}`;
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Whether a URI is that of an object in S3 which is called as packages are. */
export function isPackageUri(uri: string): boolean {
  return /^s3:\/\/[^/]+\/(.+\/)?[0-9a-f]{64}(\.zip|\/[^/]+\.whl)$/.test(uri);
}

export const longestListing = 1_000;
