import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What is read of package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly main: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export const carried = {
  /** Files that are read while the package runs, and what a package needs to be understood. */
  files: ["provider/schema/schema.json", "provider/schema/kuberay/fields.json", "provider/fetch/fetch.py", "README.md"],
  /** What a thread runs lies beside the file that starts it. */
  worker: { worker: "provider/packaging/threads/worker.ts" },
  /** What npm installs for the command line. `yaml` is loaded by name, at its first use. */
  byCommandLine: ["yaml"],
  /**
   * What npm installs for the plug-in: Pulumi's language host starts it by a file of @pulumi/pulumi, which must be one and the
   * same with the SDK that it runs on, down to gRPC.
   */
  byPlugin: ["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf", "yaml"],
  /**
   * That file loads TypeScript and ts-node, for plug-ins that are not compiled, and what looks for the SDK's own sources at each
   * stack trace; the SDK loads what turns functions into packages. Nothing here needs any of them, and together they cost as much
   * as all the rest. An empty package takes the place of each.
   */
  placeholders: ["@npmcli/arborist", "normalize-package-data", "source-map-support", "ts-node", "typescript"],
} as const;

export async function manifestOf(root: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(root, "package.json"), "utf8"));
}

export async function writeManifest(folder: string, manifest: object): Promise<void> {
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
