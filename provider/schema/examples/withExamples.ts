import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/**
 * The description of a resource with its examples in every language, as Pulumi's registry and SDKs show them: the folders of
 * `provider/schema/examples/RESOURCE` are programs in YAML, and `converted` has them in the other languages.
 */
export function withExamples(resource: string, description: string): string {
  const folder = join(import.meta.dirname, firstLower(resource));
  const examples = readdirSync(folder)
    .sort()
    .map((name) => exampleOf(firstLower(resource), name));
  const all = ["{{% examples %}}", "## Example Usage", ...examples, "{{% /examples %}}"];
  return `${description}\n\n${all.join("\n")}`;
}

function exampleOf(resource: string, name: string): string {
  const program = readFileSync(join(import.meta.dirname, resource, name, "Pulumi.yaml"), "utf8");
  const converted = readFileSync(join(import.meta.dirname, "converted", resource, `${name}.md`), "utf8");
  const { description } = parse(program);
  if (typeof description !== "string") throw new Error(`The example ${resource}/${name} has no description`);
  const parts = [`### ${description}`, "", `${converted}\`\`\`yaml\n${shown(program)}\`\`\``, "{{% /example %}}"];
  return ["{{% example %}}", ...parts].join("\n");
}

/** The program without what every one has. */
function shown(program: string): string {
  const from = program.search(/^(config|variables|resources):/m);
  return program.slice(from);
}

function firstLower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
