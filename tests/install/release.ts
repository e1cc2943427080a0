import { resolve } from "node:path";
import { writePlugin } from "../../release/plugin.ts";
import { releasedCrds } from "../support/crds.ts";
import { install } from "./pluginProcess.ts";

const root = resolve(import.meta.dirname, "../..");

/** Writes a release of what is in the working tree into the folder, and installs what it needs, as Pulumi does. */
export async function installRelease(folder: string): Promise<void> {
  await writePlugin(root, folder, releasedCrds("1.6.2"));
  install(folder, resolve(process.execPath, ".."));
}
