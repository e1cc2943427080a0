import type { Readable } from "node:stream";

/** What a WorkingDir stores, read to its last byte: whatever it is made of. */
export interface Package {
  /** Its identity: equal packages have the same one. */
  readonly hash: string;
  /** What a job sees of it, sorted by the bytes of the paths. */
  readonly files: readonly PackagedFile[];
  /** A short hash of each of the first files by its path. */
  readonly listing: Readonly<Record<string, string>>;
  /** Of all files together, before compression. */
  readonly sizeBytes: number;
  /** No fewer bytes than are stored. */
  readonly mostBytes: number;
  /** What is stored. Fails with a PackagingError, before its last byte, when something has changed since it was read. */
  bytes(): Readable;
  /** The first bytes of files, by their paths. */
  startsOf(files: readonly PackagedFile[]): Promise<ReadonlyMap<string, Buffer>>;
  /** Whether there is a file of that path which is left out of the package. */
  leavesOut?(path: string): boolean;
  /** Whether it was made before, and is stored as it is. */
  readonly isReady?: true;
  /** What whoever made it should know of its form. */
  readonly notes: readonly string[];
}

export interface PackagedFile {
  /** Relative to the job's working directory, with slashes. */
  readonly path: string;
  readonly size: number;
}

/** How much is the start of a file: more than any key has. */
export const mostOfStart = 1 << 14;
