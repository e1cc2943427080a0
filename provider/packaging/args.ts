import type { Archive } from "../values/archive.ts";
import type { Integer } from "../values/value.ts";

/**
 * Code for Ray, packaged and stored in S3 under a name that its content decides: give its `uri` to a `RayJob` as
 * `runtimeEnv.workingDir` or as one of `runtimeEnv.pyModules`. Equal packages are one object, whichever stack, machine or
 * folder they come from.
 *
 * Of a directory is packaged what Ray would upload: all files but those that `.gitignore` and `.rayignore` files, `excludes`
 * and Ray's own defaults (`.git`, `.venv`, `venv`, `__pycache__`) leave out. Symbolic links inside of the directory are followed; one
 * that leads out of it, or nowhere, is an error unless it is left out. Empty directories are left out. A preview says how many files there are and which have changed, and warns of large ones (100 MB), of files that
 * look like secrets, and of `expectedFiles` that are not there.
 */
export interface WorkingDirArgs {
  /**
   * A directory, absolute or relative to the program's folder; or a ready `.zip` file, or a `.whl` file for `pyModules`, which
   * are stored byte for byte. Only the content counts: the same elsewhere is no change, and another one replaces the resource. Either this or `archive`.
   *
   * Of a ready zip file Ray takes a directory off that has everything else in it, and unpacks any other as it is: what
   * `rayjob package -o` has made, `zip -r ../job.zip .` in the directory and `zip -r job.zip job` beside it all give the job
   * that directory. Refused is what Python cannot unpack: encrypted files, paths that lead out of it, two files of one name.
   * A wheel keeps its name, by which Ray caches it: on a cluster that stays, a changed wheel needs another version.
   */
  readonly path?: string;
  /**
   * An archive of Pulumi's instead of `path`. A `FileArchive` is the same as its path. An `AssetArchive` is the same as a
   * directory with its files: texts, files, and directories or zip files below a name. In directories ignore files and `excludes`
   * hold as for `path`, although Pulumi itself has no such rules, since they keep secrets out; an asset that is named
   * is always packaged. Its texts are kept in the state: they are no place for secrets. A `RemoteArchive` or `RemoteAsset` is
   * refused: the job can fetch it itself.
   *
   * Pulumi reads all of it, too, and what is ignored as well: for a large directory `path` is faster. A change of the content
   * replaces the resource.
   */
  readonly archive?: Archive;
  /** The name of the bucket; it must exist. A change uploads the package there and replaces the resource. */
  readonly bucket: string;
  /** What the object's key starts with. Default `working-dirs`. A change uploads the package there and replaces the resource. */
  readonly prefix?: string;
  /**
   * Patterns of files and directories to leave out, written as in a `.gitignore` file of the directory; `!pattern` takes in what
   * one before it, or one of Ray's defaults, leaves out. A change that leaves the same files is none. Without effect, and warned
   * of, on a ready zip file or wheel. Default: none.
   */
  readonly excludes?: readonly string[];
  /**
   * Whether the directory itself is in the package, as `pyModules` need it: the job imports what is in the directory `my_module`
   * as `my_module`. Default false: the package holds what is in the directory. For a directory only. A change replaces the resource.
   */
  readonly includeParentDir?: boolean;
  /**
   * Whether a job takes it as one of its `pyModules`: of a ready zip file a warning then tells of a module that would be lost, since Ray
   * takes its directory off. Default: false. A change changes nothing.
   */
  readonly asModule?: boolean;
  /**
   * Files that ought to be in the package, such as the script of a job's entrypoint, by their paths in it: a warning names each
   * that is not, and the closest one that is. `pkg/run.py|pkg/run/__main__.py` is one of the two, as for `python -m pkg.run`,
   * and only looked for where `pkg` is a Python package of it, since it may be installed otherwise. Default: none. A change
   * changes nothing.
   */
  readonly expectedFiles?: readonly string[];
}

/** The outputs of a `WorkingDir` beside its arguments; all but `usedBy` are known in a preview already. */
export interface WorkingDirOutputs extends WorkingDirArgs {
  /** What the object's key starts with. */
  readonly prefix: string;
  /** The URI of the package: `s3://bucket/prefix/hash.zip`, or `s3://bucket/prefix/hash/name.whl` of a wheel. */
  readonly uri: string;
  /**
   * SHA-256, in hex: of the paths, the contents and the executability of all files, or of the bytes of a ready zip file or
   * wheel. A change replaces the resource.
   */
  readonly hash: string;
  /** A short hash of each file by its path in the job's directory, so that a preview names those that change. The first 1,000 files. */
  readonly files: Readonly<Record<string, string>>;
  /** How many files are packaged. */
  readonly fileCount: Integer;
  /** The size of all files together in bytes, before compression. */
  readonly sizeBytes: Integer;
  /**
   * What this resource is called in the tag `rayjob/used-by-…` of the object, which is not deleted as long as there is such a tag.
   * Kept for the deletion: of another version of this package's plug-in it may be called otherwise.
   */
  readonly usedBy?: string;
}
