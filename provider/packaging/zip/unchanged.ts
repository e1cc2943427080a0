import { PackagingError } from "../packagingError.ts";
import type { SurveyedFile } from "../survey.ts";

/** Throws a PackagingError when the bytes read are not those of the survey. */
export function assertUnchanged({ location, digest }: SurveyedFile, found: Buffer): void {
  if (found.equals(digest)) return;
  throw new PackagingError(
    `Cannot package "${location}": it was changed meanwhile. Run it again once nothing writes to it`,
  );
}
