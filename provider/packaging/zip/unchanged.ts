import { changedMeanwhile } from "../failures/directory.ts";

/** Throws a PackagingError when what was read, such as the SHA-256 of the bytes, is not what the survey has found. */
export function assertUnchanged(location: string, surveyed: string | number, found: string | number): void {
  if (found !== surveyed) throw changedMeanwhile(location);
}
