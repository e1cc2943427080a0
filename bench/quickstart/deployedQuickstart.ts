import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { Project } from "../../tests/install/project.ts";
import { installRelease } from "../../tests/install/release.ts";
import { IdleCluster } from "../../tests/support/idleCluster.ts";
import type { Program, Rig } from "../../tests/support/rig.ts";

const example = resolve(import.meta.dirname, "../../examples/quickstart");

/** The quickstart, deployed with a release of the plug-in; `remove` takes everything away. */
export interface DeployedQuickstart {
  readonly rig: Rig;
  /** Where the release is. */
  readonly plugin: string;
  remove(): Promise<void>;
}

/** On an API server that has KubeRay's CRDs, and on which nobody runs anything. */
export async function deployQuickstart(): Promise<DeployedQuickstart> {
  const folder = await mkdtemp(join(tmpdir(), "rayjob-bench-"));
  const plugin = join(folder, "release");
  await installRelease(plugin);
  const cluster = await IdleCluster.start();
  const project = await Project.create(cluster.environment);
  const remove = async () => {
    await Promise.all([cluster.dispose(), project.dispose()]);
    await rm(folder, { recursive: true });
  };
  try {
    await cp(join(example, "train-job"), join(project.folder, "train-job"), { recursive: true });
    await project.pulumi("package", "add", plugin);
    const rig = await project.rig(await program());
    await deploy(rig, cluster);
    return { rig, plugin, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function program(): Promise<Program> {
  const { config, resources, outputs } = parse(await readFile(join(example, "Pulumi.yaml"), "utf8"));
  config.operator.default = { install: false };
  config.bucket.default = { requireTls: false };
  return { config, resources, outputs };
}

/** Nobody is there to run the job, so what the operator would say of it in the end is said here. */
async function deploy(rig: Rig, cluster: IdleCluster): Promise<void> {
  const up = rig.up();
  await cluster.succeed(await cluster.rayJobIn("ml"));
  const run = await up;
  if (!run.succeeded) throw new Error(run.text);
}
