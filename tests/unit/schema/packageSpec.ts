import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PropertySpec } from "../../../provider/schema/interfaces.ts";
import type { DescribedSchema } from "../../../provider/schema/page/page.ts";
import type { Properties } from "../../../provider/schema/uses.ts";

/** The package's schema as far as tests read it. */
export const packageSpec: DescribedSchema = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve("#schema.json")), "utf8"),
);

/** The names of the local types that a property's value can be made of. */
export function typesIn({ $ref, items, additionalProperties, oneOf = [] }: PropertySpec): string[] {
  const own = $ref?.startsWith("#/types/") ? [$ref.slice("#/types/".length)] : [];
  const inside = [items, additionalProperties, ...oneOf].flatMap((spec) => (spec ? typesIn(spec) : []));
  return [...own, ...inside];
}

/** The types that a program writes, not only reads. */
export function argumentTypes({ resources, types }: DescribedSchema): string[] {
  const seen = new Set<string>();
  const visit = (properties: Properties): void => {
    for (const token of Object.values(properties).flatMap(typesIn)) {
      if (seen.has(token)) continue;
      seen.add(token);
      const type = types[token];
      if (type?.type === "object") visit(type.properties);
    }
  };
  for (const { inputProperties } of Object.values(resources)) visit(inputProperties);
  return [...seen];
}
