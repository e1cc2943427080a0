import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { InterfaceReader } from "./interfaces.ts";

// Writes schema.json from the docstrings and types of the public interfaces; with --check it only compares.

/** A resource, and the files below `provider` that declare its interfaces `<name>Args` and `<name>Outputs`. */
interface ResourceSource {
  readonly name: string;
  readonly args: string;
  readonly outputs: string;
  readonly isComponent?: true;
}

const root = resolve(import.meta.dirname, "../..");
const target = join(import.meta.dirname, "schema.json");
const configuration = join(root, "provider/configuration.ts");
const resources: readonly ResourceSource[] = [
  component("RayJobComponent", "components/rayJobComponentArgs.ts"),
  component("KubeRayOperator", "components/kubeRayOperator.ts"),
  component("WorkingDirBucket", "components/workingDirBucket/args.ts"),
  { name: "RayJob", args: "job/args.ts", outputs: "job/outputs.ts" },
  { name: "RayJobCleanup", args: "job/cleanup.ts", outputs: "job/cleanup.ts" },
  { name: "WorkingDir", args: "packaging/args.ts", outputs: "packaging/args.ts" },
  { name: "KubeRayCrds", args: "crds/args.ts", outputs: "crds/outputs.ts" },
];
const text = `${JSON.stringify(schema(), undefined, 2)}\n`;

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("provider/schema/schema.json does not match its sources: run `npm run generate`");
  process.exitCode = 1;
}

function schema() {
  const { name, version, description, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const reader = new InterfaceReader(name, [
    configuration,
    ...resources.flatMap(({ args, outputs }) => [sourceOf(args), sourceOf(outputs)]),
  ]);
  const provider = reader.read(configuration, "ProviderArgs");
  return {
    name,
    displayName: "Ray jobs",
    version,
    description,
    license,
    keywords: ["pulumi", "ray", "kuberay", "kubernetes", "category/infrastructure", "kind/component"],
    config: { variables: provider.properties },
    provider: { description: provider.description, inputProperties: provider.properties },
    // Read before the types that they refer to are.
    resources: Object.fromEntries(
      resources.map((source) => [`${name}:index:${source.name}`, resourceOf(source, reader)]),
    ),
    types: reader.types,
    language: { nodejs: { respectSchemaVersion: true }, python: { respectSchemaVersion: true } },
  };
}

function component(name: string, file: string): ResourceSource {
  return { name, args: file, outputs: file, isComponent: true };
}

// A custom resource's state holds its arguments, too; a component's outputs are its own.
function resourceOf({ name, args, outputs, isComponent }: ResourceSource, reader: InterfaceReader) {
  const input = reader.read(sourceOf(args), `${name}Args`);
  const output = reader.read(sourceOf(outputs), `${name}Outputs`);
  return {
    ...(isComponent ? { isComponent } : {}),
    description: input.description,
    inputProperties: input.properties,
    ...(input.required ? { requiredInputs: input.required } : {}),
    properties: isComponent ? output.properties : { ...input.properties, ...output.properties },
    ...(output.required ? { required: output.required } : {}),
  };
}

function sourceOf(file: string): string {
  return join(root, "provider", file);
}
