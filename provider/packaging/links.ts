import { readlinkSync, realpathSync, type Stats, statSync } from "node:fs";
import { sep } from "node:path";
import { codeOf, PackagingError, quoted, unreadable } from "./packagingError.ts";

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
    if (!isInside(real, root)) throw escaping(location);
    return { stats: statSync(location), real };
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) throw leadsNowhere(location, "which does not exist");
    if (codeOf(error) === "ELOOP") throw leadsNowhere(location, "which leads back to it");
    throw error instanceof PackagingError ? error : unreadable(location, error);
  }
}

/** Whether a real location is the directory `root`, or lies in it. */
export function isInside(real: string, root: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

function leadsNowhere(location: string, why: string): PackagingError {
  return new PackagingError(`Cannot package ${linkTo(location)}, ${why}. Remove it, or name it in \`excludes\``);
}

function escaping(location: string): PackagingError {
  return new PackagingError(
    `Cannot package ${linkTo(location)}, out of the packaged directory: what lies there depends on the machine. ` +
      "Copy it in, name it in `excludes`, or give what it leads to as one of the job's `pyModules`",
  );
}

function linkTo(location: string): string {
  return `${quoted(location)}: it is a link to ${quoted(written(location))}`;
}

function written(location: string): string {
  try {
    return readlinkSync(location);
  } catch (error) {
    throw unreadable(location, error);
  }
}
