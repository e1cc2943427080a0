import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { InterfaceReader } from "./interfaces.ts";

// Writes schema.json from the docstrings and types of the public interfaces; with --check it only compares.

const root = resolve(import.meta.dirname, "../..");
const target = join(import.meta.dirname, "schema.json");
const text = `${JSON.stringify(schema(), undefined, 2)}\n`;

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("provider/schema/schema.json does not match its sources: run `npm run generate`");
  process.exitCode = 1;
}

function schema() {
  const { name, version, description, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const sources = {
    configuration: join(root, "provider/configuration.ts"),
    args: join(root, "provider/job/args.ts"),
    outputs: join(root, "provider/job/outputs.ts"),
    crdsArgs: join(root, "provider/crds/args.ts"),
    crdsOutputs: join(root, "provider/crds/outputs.ts"),
  };
  const reader = new InterfaceReader(name, Object.values(sources));
  const provider = reader.read(sources.configuration, "ProviderArgs");
  const args = reader.read(sources.args, "RayJobArgs");
  const outputs = reader.read(sources.outputs, "RayJobOutputs");
  const crdsArgs = reader.read(sources.crdsArgs, "KubeRayCrdsArgs");
  const crdsOutputs = reader.read(sources.crdsOutputs, "KubeRayCrdsOutputs");
  return {
    name,
    displayName: "Ray jobs",
    version,
    description,
    license,
    keywords: ["pulumi", "ray", "kuberay", "kubernetes", "category/infrastructure", "kind/component"],
    config: { variables: provider.properties },
    provider: { description: provider.description, inputProperties: provider.properties },
    types: reader.types,
    resources: {
      "rayjob:index:RayJob": {
        description: args.description,
        inputProperties: args.properties,
        ...(args.required ? { requiredInputs: args.required } : {}),
        properties: { ...args.properties, ...outputs.properties },
        required: outputs.required,
      },
      "rayjob:index:KubeRayCrds": {
        description: crdsArgs.description,
        inputProperties: crdsArgs.properties,
        properties: { ...crdsArgs.properties, ...crdsOutputs.properties },
        required: crdsOutputs.required,
      },
    },
    language: { nodejs: { respectSchemaVersion: true }, python: { respectSchemaVersion: true } },
  };
}
