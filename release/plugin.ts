import { execFileSync } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defaultKubeRayVersion, publishedAt } from "../provider/crds/release.ts";
import { verify } from "../provider/crds/releasedFile.ts";
import { filesOf } from "../provider/resources/kubeRayCrds/files.ts";
import { bundle } from "./bundle.ts";
import { inTag, isLeftOut } from "./inTag.ts";
import { writeLicences } from "./licences.ts";
import { carried, type Manifest, manifestOf, writeManifest } from "./manifest.ts";

/** Writes the plug-in as Pulumi installs it from a tag: compiled, in one piece with most of what it needs, and no tests. */
export async function writePlugin(root: string, folder: string, crdsSource?: string): Promise<void> {
  const main = await manifestOf(root);
  const entries = { index: "provider/index.ts", rayjob: "provider/cli/rayjob.ts", ...carried.worker };
  const metafile = await bundle({ root, folder: join(folder, "bin"), entries, outside: carried.byPlugin });
  await writeLicences(root, metafile, folder);
  for (const file of inTag)
    await cp(join(root, file), join(folder, file), { recursive: true, filter: (path) => !isLeftOut(path) });
  await cp(join(import.meta.dirname, "placeholders"), join(folder, "placeholders"), { recursive: true });
  await writeCrds(join(folder, "crds", defaultKubeRayVersion), crdsSource);
  await writeManifest(folder, pluginManifestOf(main));
  await pinVersions(root, folder);
}

function pluginManifestOf(main: Manifest): object {
  const { scripts: _, devDependencies: __, dependencies, ...rest } = main;
  const needed = carried.byPlugin.map((name) => [name, dependencies[name]]);
  const replaced = carried.placeholders.map((name) => [name, `file:placeholders/${name}`]);
  return {
    ...rest,
    main: "bin/index.js",
    bin: { rayjob: "bin/rayjob.js" },
    dependencies: Object.fromEntries([...needed, ...replaced]),
  };
}

/** The CRDs of the version that is installed by default, so that this takes no network but the package registry. */
async function writeCrds(folder: string, source = publishedAt(defaultKubeRayVersion)): Promise<void> {
  const files = await filesOf(defaultKubeRayVersion, source, AbortSignal.timeout(mostMilliseconds)).catch((cause) => {
    throw new Error(`Cannot get KubeRay's CRDs from ${source}: say where they are, with --crds FOLDER_OR_URL`, {
      cause,
    });
  });
  verify(files, defaultKubeRayVersion);
  await mkdir(folder, { recursive: true });
  for (const { released, content } of files) await writeFile(join(folder, released.file), content);
}

const mostMilliseconds = 120_000;

/** A lock file with the versions that this project's own has. */
async function pinVersions(root: string, folder: string): Promise<void> {
  await cp(join(root, "package-lock.json"), join(folder, "package-lock.json"));
  const options = ["--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", ["install", ...options], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}
