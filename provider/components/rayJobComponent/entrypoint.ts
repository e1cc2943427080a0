import { posix } from "node:path";

/**
 * The files of the working directory that a command certainly needs, as `WorkingDir.expectedFiles` takes them: its script, or
 * the module that Python runs. None where a shell or an earlier command could make it otherwise.
 */
export function expectedFilesOf(entrypoint: string): string[] {
  const line = entrypoint.trim();
  // Whatever a shell does more with than pass on words is not looked into.
  if (/[$`\\;|<>(){}*?[\]~#!\n]|(?<!&)&(?!&)/.test(line)) return [];
  let folder = "";
  for (const command of line.split("&&")) {
    const words = withoutVariables(wordsOf(command));
    const [name = "", first = ""] = words;
    if (name === "cd" && words.length === 2 && !first.startsWith("-") && isInside(posix.join(folder, first)))
      folder = posix.join(folder, first);
    else if (name !== "export" && name !== "set") return neededBy(words, folder);
  }
  return [];
}

function neededBy(words: readonly string[], folder: string): string[] {
  const [name = "", ...rest] = words[0] === "exec" ? words.slice(1) : words;
  if (/^python(3(\.\d+)?)?$/.test(name)) return ofPython(rest, folder);
  if (["bash", "sh"].includes(name)) return ofShell(rest, folder);
  return name.startsWith("./") ? fileIn(folder, name) : [];
}

function ofPython(words: readonly string[], folder: string): string[] {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (word === "-m") return folder === "" ? moduleFiles(words[index + 1] ?? "") : [];
    if (["-W", "-X"].includes(word)) index += 1;
    else if (!/^-[bBdEiOqsSuvx]+$/.test(word)) return word.endsWith(".py") ? fileIn(folder, word) : [];
  }
  return [];
}

/** One word alone may be the name of any installed module. */
function moduleFiles(module: string): string[] {
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/.test(module)) return [];
  const path = module.replaceAll(".", "/");
  return [`${path}.py|${path}/__main__.py`];
}

function ofShell(words: readonly string[], folder: string): string[] {
  const script = words.find((word) => !/^-[eux]+$/.test(word)) ?? "";
  return script.endsWith(".sh") ? fileIn(folder, script) : [];
}

function fileIn(folder: string, path: string): string[] {
  const inside = posix.join(folder, path);
  return !path.startsWith("/") && isInside(inside) && !path.startsWith("-") ? [inside] : [];
}

function isInside(path: string): boolean {
  return !path.startsWith("..") && !path.startsWith("/");
}

/** What stands before a command and is only for its environment. */
function withoutVariables(words: readonly string[]): readonly string[] {
  const command = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  return command === -1 ? [] : words.slice(command);
}

/** The words of a command, with the quotes around them taken off. */
function wordsOf(command: string): string[] {
  const words = command.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}
