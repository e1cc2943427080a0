import { build, type Metafile } from "esbuild";
import { lateImports } from "./lateImports.ts";
import { leftOutside } from "./outside.ts";

export interface Bundle {
  readonly root: string;
  /** Where the files of it are written, side by side. */
  readonly folder: string;
  /** The source of each file that is started, by the name of what becomes of it. */
  readonly entries: Readonly<Record<string, string>>;
  /** The packages that stay what they are. */
  readonly outside: readonly string[];
}

/** Puts the entries and what they import into few files. What is imported only when it is needed stays in files of its own. */
export async function bundle({ root, folder, entries, outside }: Bundle): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    bundle: true,
    plugins: [leftOutside(outside), lateImports],
    splitting: true,
    format: "esm",
    platform: "node",
    conditions: [], // by default esbuild takes other files of some packages than Node does
    target: "node22.19",
    banner: { js: requireForCommonJs },
    legalComments: "none", // licences are written beside it, whole
    metafile: true,
    logLevel: "warning",
  });
  return metafile;
}

// Packages that are CommonJS ask for Node's own modules by `require`, which a module does not have, and so do we for those outside.
const requireForCommonJs =
  'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);';
