import { unreadable } from "./failures/reading.ts";
import { codeOf } from "./packagingError.ts";

/** What is found at the location; undefined where there is nothing. Throws a PackagingError for what cannot be read. */
export async function ifThere<Found>(location: string, found: Promise<Found>): Promise<Found | undefined> {
  try {
    return await found;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return undefined;
    throw unreadable(location, error);
  }
}
