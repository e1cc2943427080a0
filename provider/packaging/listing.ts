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

export const longestListing = 1_000;
