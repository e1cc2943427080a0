import type { Integer } from "../values/value.ts";

/**
 * A local directory, packaged for Ray and stored in S3 under a name that its content decides: give its `uri` to a
 * `RayJob` as `runtimeEnv.workingDir`. Equal directories are one object, whichever stack, machine or folder they come from.
 *
 * Packaged is what Ray would upload: all files but those that `.gitignore` and `.rayignore` files, `excludes` and Ray's own
 * defaults (`.git`, `.venv`, `venv`, `__pycache__`) leave out. Symbolic links are followed. Empty directories are left out.
 */
export interface WorkingDirArgs {
  /**
   * The directory, absolute or relative to the program's folder. Only its content counts: the same content elsewhere
   * is no change.
   */
  readonly path: string;
  /** The name of the bucket; it must exist. A change uploads the directory there and replaces the resource. */
  readonly bucket: string;
  /** What the object's key starts with. Default `working-dirs`. A change uploads the directory there and replaces the resource. */
  readonly prefix?: string;
  /**
   * Patterns of files and directories to leave out, written as in a `.gitignore` file of the directory; `!pattern` takes in what
   * one before it, or one of Ray's defaults, leaves out. A change that leaves the same files is none.
   */
  readonly excludes?: readonly string[];
}

/** The outputs of a `WorkingDir` beside its arguments, all of them known in a preview already. */
export interface WorkingDirOutputs extends WorkingDirArgs {
  /** What the object's key starts with. */
  readonly prefix: string;
  /** The URI of the package, `s3://bucket/prefix/hash.zip`, for `runtimeEnv.workingDir`. */
  readonly uri: string;
  /** SHA-256, in hex, of the paths, the contents and the executability of all files. A change replaces the resource. */
  readonly hash: string;
  /** A short hash of each file by its path, so that a preview names those that change. The first 1,000 files. */
  readonly files: Readonly<Record<string, string>>;
  /** How many files are packaged. */
  readonly fileCount: Integer;
  /** The size of all files together, before compression. */
  readonly sizeBytes: Integer;
}
