import { createHash } from "node:crypto";

/** What counts of a file: two packages of equal contents are one. */
export interface FileContent {
  /** Relative to the packaged directory, with slashes. */
  readonly path: string;
  /** Whether its owner may execute it; the other bits of its mode depend on the umask of whoever made it. */
  readonly executable: boolean;
  /** SHA-256 of its bytes. */
  readonly digest: Buffer;
}

/**
 * SHA-256, in hex, over all that a job sees of a directory: path, mode and content of each file, in the order of the
 * paths' bytes. Not in it: times, owners, absolute paths, and the order in which a file system lists its files.
 */
export function identityOf(files: readonly FileContent[]): string {
  const hash = createHash("sha256").update(format);
  // Some at a time: to hash a small piece takes longer to say than to do.
  const buffer = Buffer.allocUnsafe(1 << 16);
  let filled = 0;
  const flush = () => {
    hash.update(buffer.subarray(0, filled));
    filled = 0;
  };
  for (const { path, executable, digest } of files) {
    // The path is preceded by its length and what follows it has a fixed one, so that no two directories give one text.
    const text = `${Buffer.byteLength(path)} ${path} ${modeOf(executable).toString(8)} `;
    const most = text.length * 3 + digest.length;
    if (filled + most > buffer.length) flush();
    if (most > buffer.length) {
      hash.update(text).update(digest);
    } else {
      filled += buffer.write(text, filled);
      filled += digest.copy(buffer, filled);
    }
  }
  flush();
  return hash.digest("hex");
}

/** The mode that a file has in the package. */
export function modeOf(executable: boolean): number {
  return executable ? 0o755 : 0o644;
}

/** A text for a listing that changes when the file does: the first 48 bits of its digest, and whether it is executable. */
export function shortHashOf({ digest, executable }: Pick<FileContent, "digest" | "executable">): string {
  return digest.toString("hex", 0, 6) + (executable ? "+x" : "");
}

// Changes when the layout of the package does: Ray never fetches a URI twice.
const format = "rayjob working directory 1\n";
