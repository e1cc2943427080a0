import { execFileSync } from "node:child_process";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.ts";
import { writeLicences } from "./licences.ts";
import { carried, manifestOf, writeManifest } from "./manifest.ts";

/** Packs the command line, which needs no Pulumi, for npm; the name of the archive in the folder. */
export async function writeCommandLine(root: string, folder: string): Promise<string> {
  const contents = join(folder, "npm");
  const { scripts: _, devDependencies: __, main: ___, dependencies, ...rest } = await manifestOf(root);
  const entries = { rayjob: "provider/cli/rayjob.ts", ...carried.worker };
  const metafile = await bundle({ root, folder: join(contents, "bin"), entries, outside: carried.byCommandLine });
  await writeLicences(root, metafile, contents);
  for (const file of carried.files) await cp(join(root, file), join(contents, file));
  const needed = Object.fromEntries(carried.byCommandLine.map((name) => [name, dependencies[name]]));
  await writeManifest(contents, { ...rest, bin: { rayjob: "bin/rayjob.js" }, dependencies: needed });
  const packed = execFileSync("npm", ["pack", contents, "--loglevel=error"], { cwd: folder, encoding: "utf8" });
  return packed.trim();
}
