import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/** Writes the licences of all packages that have a part in a bundle beside it: they ask to be handed on. */
export async function writeLicences(root: string, metafile: Metafile, folder: string): Promise<void> {
  const texts = await Promise.all(packagesIn(metafile).map((each) => licenceOf(join(root, each))));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "THIRD-PARTY-LICENSES.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}

/** The folders of the packages, each once. */
export function packagesIn(metafile: Metafile): string[] {
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  // A path in a namespace is that of no file.
  const files = used.filter((path) => !/^[\w ]+:/.test(path));
  return [...new Set(files.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))].sort();
}

async function licenceOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.flatMap((entry) => (entry.isFile() && isLicence.test(entry.name) ? [entry.name] : [])).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return [`${name} ${version} (${license})\n`, ...texts].join("\n");
}

const isLicence = /^(licen[cs]e|notice|copying)/i;
