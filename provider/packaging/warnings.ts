import type { PackagedFile } from "./package.ts";
import { fewOf, filesOf, sizeOf } from "./words.ts";

/** What is said of files that are larger than `mostUsual` bytes. */
export function largeFiles(files: readonly PackagedFile[], mostUsual: number, isReady: boolean): string {
  const named = fewOf(files.map(({ path, size }) => `${path}, ${sizeOf(size)}`));
  const what = files.length === 1 ? "A large file is" : `${filesOf(files.length)} larger than ${sizeOf(mostUsual)} are`;
  const hint = isReady ? "make the file without them" : "`excludes` leaves files out";
  return `${what} in the package, which every node of the job downloads: ${named}. Data are better kept on a volume or in a bucket; ${hint}`;
}

export function secretFiles(paths: readonly string[], isReady: boolean): string {
  const what = paths.length === 1 ? "A file that looks" : `${filesOf(paths.length)} that look`;
  const hint = isReady ? "make the file without it" : "name it in `excludes` or .gitignore";
  return `${what} like a secret ${paths.length === 1 ? "is" : "are"} in the package: ${fewOf(paths)}. Whoever can read the bucket can read it; ${hint}, and give the job its values from a Kubernetes Secret`;
}

/** `paths` are alternatives, `meant` is a file of the package whose path is like one of them. */
export function missingFile(paths: readonly string[], meant: string | undefined): string {
  const hint = meant === undefined ? "Add it, or correct the job's `entrypoint`" : `Did you mean "${meant}"?`;
  return `${paths.map((path) => `"${path}"`).join(" or ")} is not in the package. ${hint}`;
}

export function ignoredFile(path: string): string {
  return `"${path}" is not in the package: .gitignore, .rayignore, \`excludes\` or a default of Ray's leaves it out. Drop the pattern, or take the default back in \`excludes\`, as \`!venv\` does`;
}

export function linksInReadyFile(location: string, paths: readonly string[]): string {
  return `"${location}" holds symbolic links (${fewOf(paths)}), which Ray unpacks as small text files. Make it without \`zip -y\``;
}

/** `topLevel` is the one directory in the file, and is a module. */
export function lostModule(location: string, topLevel: string): string {
  return `"${location}" holds the directory "${topLevel}" alone, which Ray takes off: \`import ${topLevel}\` will fail. Zip the directory that "${topLevel}" is in, or name "${topLevel}" itself instead of the file`;
}

export function unheededExcludes(path: string): string {
  return `"${path}" is stored as it is: \`excludes\` leaves nothing out of it. Drop \`excludes\`, or name the directory that it was made of`;
}
