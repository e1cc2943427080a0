import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import automation, { type PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { Rig, surroundings } from "./rig.ts";

/** A rig whose program is a function of this process, and whose stack is empty. It has no plug-in of its own. */
export async function newInlineRig(program: PulumiFn, environment: Readonly<Record<string, string>>): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), "rayjob-inline-"));
  await mkdir(join(folder, "state"));
  const stack = await automation.LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "rig", program },
    { workDir: folder, ...surroundings(folder, environment) },
  );
  return new Rig(folder, stack);
}
