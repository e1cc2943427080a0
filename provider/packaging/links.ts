import { readlinkSync, realpathSync, type Stats, statSync } from "node:fs";
import { sep } from "node:path";
import { circularLink, danglingLink, escapingLink } from "./failures/directory.ts";
import { unreadable } from "./failures/reading.ts";
import { codeOf, PackagingError } from "./packagingError.ts";

/** What a symbolic link leads to. */
export interface Target {
  readonly stats: Stats;
  /** Where it lies when all links are followed. */
  readonly real: string;
}

/**
 * Follows a link. Throws a PackagingError when it leads nowhere, or out of the packaged directory, whose real location is
 * `root`: what lies there is another thing, or nothing, on another machine, and may be nobody else's business.
 */
export function targetOf(location: string, root: string): Target {
  try {
    const real = realpathSync.native(location);
    if (!isInside(real, root)) throw escapingLink(location, written(location));
    return { stats: statSync(location), real };
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) throw danglingLink(location, written(location));
    if (codeOf(error) === "ELOOP") throw circularLink(location, written(location));
    throw error instanceof PackagingError ? error : unreadable(location, error);
  }
}

/** Whether a real location is the directory `root`, or lies in it. */
export function isInside(real: string, root: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

function written(location: string): string {
  try {
    return readlinkSync(location);
  } catch (error) {
    throw unreadable(location, error);
  }
}
