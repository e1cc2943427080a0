import * as archive from "../packaging/failures/archive.ts";
import * as directory from "../packaging/failures/directory.ts";
import * as output from "../packaging/failures/output.ts";
import * as reading from "../packaging/failures/reading.ts";
import * as readyFile from "../packaging/failures/readyFile.ts";
import type { PackagingError } from "../packaging/packagingError.ts";
import { pathHints } from "../packaging/pathHint.ts";
import * as warnings from "../packaging/warnings.ts";
import { type FailureExample, failure } from "./failureExample.ts";

// Each is made by what makes it in a preview, and none that packaging can make is left out, or this does not compile.

type All<Module, Made> = { readonly [Name in keyof Module]: Example<Made> | readonly Example<Made>[] };
type Example<Made> = { readonly when: string; readonly made: Made };

/** What is wrong with a directory, or with what lies in it. */
export function directoryFailures(): readonly FailureExample[] {
  return failuresOf(ofDirectory, ofReading);
}

const job = "/home/ada/train-job";

const ofDirectory: All<typeof directory, PackagingError> = {
  noSuchSource: [
    of("there is no directory at an absolute path", directory.noSuchSource(job, pathHints.absolute)),
    of("there is no directory at a relative path", directory.noSuchSource(job, pathHints.relative)),
    of(
      "there is no directory, and the program is an inline one of the Automation API",
      directory.noSuchSource("/tmp/auto-1b2c/train-job", pathHints.inline),
    ),
    of("there is no zip file or wheel", directory.noSuchSource(`${job}.zip`, pathHints.relative)),
  ],
  noDirectory: of("the path is that of another file", directory.noDirectory(`${job}/train.py`)),
  emptyDirectory: of("the directory is empty", directory.emptyDirectory(job)),
  allIgnored: of("all that is in the directory is left out", directory.allIgnored(job, 12)),
  changedMeanwhile: of("a file changes while it is packaged", directory.changedMeanwhile(`${job}/train.py`)),
  changedAfterCheck: of(
    "the directory changes between preview and upload",
    directory.changedAfterCheck("../train-job", ["train.py", "data/log.txt"]),
  ),
  danglingLink: of("a link leads to nothing", directory.danglingLink(`${job}/data`, "/mnt/data")),
  circularLink: of("a link leads to itself", directory.circularLink(`${job}/data`, "data")),
  linkUpwards: of("a link leads to a directory that it lies in", directory.linkUpwards(`${job}/src/all`, job)),
  escapingLink: of("a link leads out of the directory", directory.escapingLink(`${job}/common`, "../common")),
  backslashInName: of("a file has a backslash in its name", directory.backslashInName(`${job}/src\\a.py`)),
  nameNotText: of("the bytes of a file's name are no text", directory.nameNotText(`${job}/caf\ufffd.py`)),
  reversedRange: of("a pattern cannot be read", directory.reversedRange("[z-a].py", `"${job}/.gitignore"`, undefined)),
  directoryLikeWheel: of(
    "a directory is called like a wheel",
    directory.directoryLikeWheel("dist/model-1.0-py3-none-any.whl"),
  ),
};

const ofReading: All<typeof reading, PackagingError> = {
  unreadable: [
    of("a file may not be read", reading.unreadable(`${job}/key.bin`, { code: "EACCES" })),
    of("a file is deleted while the directory is read", reading.unreadable(`${job}/log.txt`, { code: "ENOENT" })),
    of("a directory is replaced by a file meanwhile", reading.unreadable(`${job}/logs`, { code: "ENOTDIR" })),
    of("a disk fails", reading.unreadable(`${job}/data.csv`, { code: "EIO" })),
    of("the process has too many files open", reading.unreadable(`${job}/data.csv`, { code: "EMFILE" })),
  ],
  noFileAnyMore: of("a file is replaced by something else meanwhile", reading.noFileAnyMore(`${job}/log.txt`)),
  unreadableNamed: [
    of("a FileAsset is not there", reading.unreadableNamed(`${job}/train.py`, { code: "ENOENT" })),
    of("a FileAsset is a directory", reading.unreadableNamed(`${job}/src`, { code: "EISDIR" })),
    of("a FileAsset or a zip file may not be read", reading.unreadableNamed(`${job}.zip`, { code: "EACCES" })),
  ],
};

/** What is wrong with a zip file or a wheel that is to be stored as it is, or to become a part of an archive. */
export function readyFileFailures(): readonly FailureExample[] {
  return failuresOf(ofReadyFile);
}

const zip = "/home/ada/job.zip";

const ofReadyFile: All<typeof readyFile, PackagingError> = {
  noZipFile: of(
    "the file is no zip file, or not all of one",
    readyFile.noZipFile(zip, "End of central directory record signature not found."),
  ),
  emptyReadyFile: of("there is no file in the zip file", readyFile.emptyReadyFile(zip)),
  encryptedEntry: of("the zip file has a password", readyFile.encryptedEntry(zip, "train.py")),
  unknownCompression: of(
    "a file in it is compressed in a way that Python does not know",
    readyFile.unknownCompression(zip, "train.py", 9),
  ),
  damagedEntry: of("a file in it is damaged", readyFile.damagedEntry(zip, "train.py")),
  entryOutside: of("a path in it leads out of it", readyFile.entryOutside(zip, "../train.py")),
  entryWithBackslash: of("a path in it is written as on Windows", readyFile.entryWithBackslash(zip, "src\\train.py")),
  repeatedEntries: of("a file is in it twice", readyFile.repeatedEntries(zip, ["train.py"])),
  filesLikeDirectories: of("a file in it lies where a directory does", readyFile.filesLikeDirectories(zip, ["src"])),
  misnamedWheel: of("a wheel has not the name of one", readyFile.misnamedWheel("/home/ada/dist/model.whl")),
  directoryAroundReadyFile: of(
    "`includeParentDir` is set for a ready file",
    readyFile.directoryAroundReadyFile("../job.zip"),
  ),
  tooLargeAmongAssets: of("a zip file is an asset among others, and large", readyFile.tooLargeAmongAssets(zip, 1.2e9)),
  notDeflatedAmongAssets: of(
    "a zip file is an asset among others, and a file in it is not deflated",
    readyFile.notDeflatedAmongAssets(zip, "data.csv"),
  ),
};

/** What is wrong with one of Pulumi's archives. */
export function archiveFailures(): readonly FailureExample[] {
  return failuresOf(ofArchive);
}

const ofArchive: All<typeof archive, PackagingError> = {
  remoteArchive: of("the archive is a RemoteArchive", archive.remoteArchive("https://example.com/job.zip")),
  emptyArchive: of("there is nothing in the archive", archive.emptyArchive()),
  directoryAroundAssets: of("`includeParentDir` is set for an archive of assets", archive.directoryAroundAssets()),
  noPath: of("the name of an asset is no path", archive.noPath("../train.py")),
  remoteAsset: of(
    "there is a RemoteAsset in the archive",
    archive.remoteAsset("data.csv", "https://example.com/data.csv"),
  ),
  noAsset: of("there is something else than assets and archives in it", archive.noAsset("train.py")),
  repeatedAsset: of("two assets have one path", archive.repeatedAsset("src/train.py")),
  assetInsideFile: of("an asset lies where a directory does", archive.assetInsideFile("src/train.py", "src")),
};

/** What `rayjob package -o` cannot write. */
export function outputFailures(): readonly FailureExample[] {
  return failuresOf(ofOutput);
}

const ofOutput: All<typeof output, PackagingError> = {
  outputInside: of("the file would lie in the package", output.outputInside("train-job/job.zip", "job.zip")),
  outputNoFile: of("the path is that of a device or a pipe", output.outputNoFile("/dev/null")),
  unwritable: [
    of("the folder may not be written to", output.unwritable("/srv/job.zip", { code: "EACCES" })),
    of("there is no such folder", output.unwritable("out/job.zip", { code: "ENOENT" })),
    of("the path is that of a folder", output.unwritable("out", { code: "EISDIR" })),
    of("the disk is full", output.unwritable("job.zip", { code: "ENOSPC" })),
    of("the quota of the disk is used up", output.unwritable("job.zip", { code: "EDQUOT" })),
    of("the file system is read-only", output.unwritable("/mnt/job.zip", { code: "EROFS" })),
  ],
};

/** What a preview warns of in code. */
export function packagingWarnings(): readonly FailureExample[] {
  return examplesIn(warningsOf).map(({ when, made }) => failure(when, made));
}

const large = { path: "model.bin", size: 1.2e9 };

const warningsOf: All<typeof warnings, string> = {
  largeFiles: [
    of("a file is large", warnings.largeFiles([large], 1e8, false)),
    of("several files are large", warnings.largeFiles([large, { path: "data.csv", size: 2.5e8 }], 1e8, false)),
    of("a file in a ready zip file or wheel is large", warnings.largeFiles([large], 1e8, true)),
  ],
  secretFiles: [
    of("a file looks like a secret", warnings.secretFiles([".env"], false)),
    of("several files look like secrets", warnings.secretFiles([".env", "id_rsa"], false)),
    of("a file in a ready zip file or wheel looks like a secret", warnings.secretFiles([".env"], true)),
  ],
  missingFile: [
    of("the script of the entrypoint is elsewhere, or misspelt", warnings.missingFile(["train.py"], "src/train.py")),
    of("the script of the entrypoint is not there", warnings.missingFile(["train.py"], undefined)),
    of(
      "a module that `python -m` starts is not there",
      warnings.missingFile(["pkg/train.py", "pkg/train/__main__.py"], undefined),
    ),
  ],
  ignoredFile: of("the script of the entrypoint is there, and left out", warnings.ignoredFile("train.py")),
  linksInReadyFile: of("a ready zip file has links in it", warnings.linksInReadyFile(zip, ["data"])),
  lostModule: of("a zip file among `pyModules` loses its module", warnings.lostModule("/home/ada/tools.zip", "tools")),
  unheededExcludes: of("`excludes` is set for a ready zip file or wheel", warnings.unheededExcludes("../job.zip")),
};

function of<Made>(when: string, made: Made): Example<Made> {
  return { when, made };
}

function failuresOf(...tables: readonly Readonly<Record<string, Example<Error> | readonly Example<Error>[]>>[]) {
  return tables.flatMap(examplesIn).map(({ when, made }) => failure(when, made.message));
}

function examplesIn<Made>(
  table: Readonly<Record<string, Example<Made> | readonly Example<Made>[]>>,
): readonly Example<Made>[] {
  return Object.values(table).flat();
}
