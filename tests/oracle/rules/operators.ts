import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { cacheFolder } from "../../support/cacheFolder.ts";

/** Two releases of KubeRay, with the programs that judge as they do. */
export const operators = [
  { version: "1.6.2", validator: "kuberay-validator" },
  { version: "1.5.1", validator: "kuberay-validator-older" },
] as const;
export type Operator = (typeof operators)[number];

/** Why a RayJob is refused, and by whom; neither if it is not. */
export interface Opinion {
  readonly apiServer?: string;
  readonly operator?: string;
}

/** What the API server and KubeRay make of each of the RayJobs. */
export async function opinionsOf(operator: Operator, rayJobs: readonly unknown[]): Promise<readonly Opinion[]> {
  const crd = moduleFile(operator, "config/crd/bases/ray.io_rayjobs.yaml");
  const child = spawn(join(cacheFolder(), "bin", operator.validator), [crd], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  child.stdin.on("error", () => {}); // The exit code tells.
  child.stdin.end(rayJobs.map((rayJob) => `${JSON.stringify(rayJob)}\n`).join(""));
  const opinions: Opinion[] = [];
  for await (const line of createInterface(child.stdout)) opinions.push(JSON.parse(line));
  const code = await ended;
  if (code !== 0 || opinions.length !== rayJobs.length)
    throw new Error(`${operator.validator} ended with exit code ${code} after ${opinions.length} of ${rayJobs.length}`);
  return opinions;
}

/** A file of the module that the validator was built with. */
export function moduleFile({ version }: Operator, file: string): string {
  return join(cacheFolder(), "go/mod/github.com/ray-project/kuberay", `ray-operator@v${version}`, file);
}
