import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import automation, { type PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { Rig } from "./rig.ts";

/** A rig whose program is a function of this process, and whose stack is empty. It has no plug-in of its own. */
export async function newInlineRig(program: PulumiFn, environment: Readonly<Record<string, string>>): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), "rayjob-inline-"));
  await mkdir(join(folder, "state"));
  const stack = await automation.LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "rig", program },
    {
      workDir: folder,
      pulumiHome: join(folder, "home"),
      envVars: {
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        ...environment,
      },
    },
  );
  return new Rig(folder, stack);
}
