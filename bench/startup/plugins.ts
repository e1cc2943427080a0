import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { installRelease } from "../../tests/install/release.ts";

const root = resolve(import.meta.dirname, "../..");

/** The folders of the plug-ins that are compared, each installed as Pulumi installs it; `remove` takes them away. */
export interface Plugins {
  readonly released: string;
  readonly fromSources: string;
  readonly usual: string;
  remove(): Promise<void>;
}

export async function installPlugins(): Promise<Plugins> {
  const folder = await mkdtemp(join(tmpdir(), "rayjob-startup-"));
  const [released, usual] = [join(folder, "released"), join(folder, "usual")];
  await installRelease(released);
  await mkdir(usual);
  await cp(join(import.meta.dirname, "usual.ts"), join(usual, "index.ts"));
  await writeFile(join(usual, "package.json"), JSON.stringify({ name: "greeting", version: "1.0.0" }));
  const compilerOptions = { strict: true, target: "es2022", module: "nodenext" };
  await writeFile(join(usual, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  await symlink(join(root, "node_modules"), join(usual, "node_modules"));
  return { released, fromSources: root, usual, remove: () => rm(folder, { recursive: true }) };
}
