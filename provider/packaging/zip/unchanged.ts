import { PackagingError, quoted } from "../packagingError.ts";

/** Throws a PackagingError when what was read, such as the SHA-256 of the bytes, is not what the survey has found. */
export function assertUnchanged(location: string, surveyed: string | number, found: string | number): void {
  if (found === surveyed) return;
  throw new PackagingError(
    `Cannot package ${quoted(location)}: it was changed meanwhile. Run it again once nothing writes to it`,
  );
}
