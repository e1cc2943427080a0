import { shortHashOf } from "./identity.ts";
import type { SurveyedFile } from "./survey.ts";

/** The short hashes of the first files by their paths: enough for a preview to say what has changed, and little to keep. */
export function listingOf(files: readonly SurveyedFile[]): Record<string, string> {
  return Object.fromEntries(files.slice(0, longestListing).map((file) => [file.path, shortHashOf(file)]));
}

/** Where in the bucket a package lies: the same for the same content, whoever stores it. */
export function keyOf(prefix: string, hash: string): string {
  return `${prefix === "" ? "" : `${prefix}/`}${hash}.zip`;
}

export const longestListing = 1_000;
