import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A plug-in that a package among the dependencies belongs to. */
export interface RequiredPackage {
  readonly name: string;
  readonly version: string;
}

/** The plug-ins that Pulumi installs together with the one whose dependencies these are: `pulumi.resource` asks for it. */
export async function requiredPackages(plugin: string): Promise<RequiredPackage[]> {
  const files = await readdir(plugin, { recursive: true });
  const manifests = files.filter((file) => /(^|\/)node_modules\/.*package\.json$/.test(file)).sort();
  const read = manifests.map(async (file) => {
    const { name, version, pulumi } = JSON.parse(await readFile(join(plugin, file), "utf8"));
    return pulumi?.resource === true ? [{ name: pulumi.name ?? name.replace(/^@(pulumi\/)?/, ""), version }] : [];
  });
  return (await Promise.all(read)).flat();
}
