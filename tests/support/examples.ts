import { cp, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { newRig, type Rig } from "./rig.ts";

const examples = resolve(import.meta.dirname, "../../examples");

/** A rig with the program of an example, the files beside it, and this configuration. */
export async function rigOf(
  example: string,
  config: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Rig> {
  const { name: _, runtime: __, ...program } = parse(await readFile(join(examples, example, "Pulumi.yaml"), "utf8"));
  const rig = await newRig(program, environment);
  const filter = (path: string) => !path.endsWith("Pulumi.yaml");
  await cp(join(examples, example), rig.folder, { recursive: true, filter });
  for (const [key, value] of Object.entries(config)) await rig.stack.setConfig(key, { value });
  return rig;
}
