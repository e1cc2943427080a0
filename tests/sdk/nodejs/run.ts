import { createRequire } from "node:module";
import automation from "@pulumi/pulumi/automation/index.js";

// `run.ts PROGRAM FOLDER SETTINGS` brings the stack `test` up with a compiled program, in the project's folder and with the
// settings that the JSON says, and prints its outputs as JSON.
const [, , program = "", workDir = "", settings = ""] = process.argv;
const load = createRequire(import.meta.url);

const stack = await automation.LocalWorkspace.createOrSelectStack(
  { stackName: "test", projectName: "rig", program: async () => ({ ...load(program) }) },
  { workDir },
);
for (const [name, value] of Object.entries<string>(JSON.parse(settings))) await stack.setConfig(name, { value });
await stack.up({ onOutput: (text) => process.stderr.write(text) });
const outputs = Object.entries(await stack.outputs()).map(([name, { value }]) => [name, value]);
console.log(JSON.stringify(Object.fromEntries(outputs)));
