/** What a URI says about where files come from: `s3://bucket/path`, `pvc://claim/path`, `https://host/path`. */
export interface Source {
  /** In lower case. */
  readonly scheme: string;
  /** The bucket, the claim or the host. */
  readonly container: string;
  /** Without slashes at its ends. */
  readonly path: string;
}

/** The parts of a URI; undefined for what is none, such as a path on this machine. */
export function sourceOf(uri: string): Source | undefined {
  const [, scheme, container = "", path = ""] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(uri) ?? [];
  return scheme === undefined ? undefined : { scheme: scheme.toLowerCase(), container, path: trimmed(path) };
}

/** The last part of its path, without a query: the name of a file or a folder; empty if there is none. */
export function lastNameOf({ path, scheme }: Source): string {
  const plain = scheme === "https" ? path.replace(/[?#].*$/s, "") : path;
  return trimmed(plain).split("/").at(-1) ?? "";
}

/** What Ray takes for the name of a package: without the query, as that of a signed address, and what else follows a path. */
export function packageNameOf(uri: string): string {
  const name = uri.replace(/[?#].*$/s, "");
  return /^https?:/i.test(uri) ? name.replace(/;[^/]*$/, "") : name;
}

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}

/**
 * Whether it names a bucket, a claim or a file on the web, and does not lead out of it. A password in it would be no use, and
 * readable in the RayJob.
 */
export function isPlace(uri: string): boolean {
  const source = sourceOf(uri);
  if (source === undefined || /^$|@/.test(source.container) || source.path.split("/").includes("..")) return false;
  if (source.scheme === "https") return lastNameOf(source) !== "";
  return source.scheme !== "pvc" || /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(source.container);
}

export const placeHint = "Write `s3://bucket/path` or `pvc://claim/path`, without `..` in it";
