import { nameOf, typeOf } from "../../values/urn.ts";
import { isList, isPropertyMap, listOf, mapOf, type PropertyMap, type Value } from "../../values/value.ts";
import type { Job } from "./job.ts";

/** Whether the document is what `pulumi preview --json` prints, of a program in any language. */
export function isPreview({ steps }: PropertyMap): boolean {
  return isList(steps);
}

/** The `RayJob`s of a preview as they are to be, alone and of components. */
export function jobsOfPreview({ steps }: PropertyMap): Job[] {
  return listOf(steps).flatMap((step, index): Job[] => {
    const { op, urn, newState } = mapOf(step);
    const { inputs } = mapOf(newState);
    if (typeof urn !== "string" || typeOf(urn) !== "rayjob:index:RayJob" || !isPropertyMap(inputs)) return [];
    // A replacement has a step of its own for each of its parts.
    if (op === "create-replacement") return [];
    const placeOf: Job["placeOf"] = (path) => ["steps", index, "newState", "inputs", ...path];
    return [{ name: nameOf(urn), inputs: mapOf(readable(inputs, nameOf(urn))), placeOf }];
  });
}

/** A value as a program in YAML would write it: what is not known yet, or secret, by the name of its place. */
function readable(value: Value, place: string): Value {
  if (value === unknown) return `\${${place}}`;
  if (typeof value === "string") return value.replaceAll("${", () => "$${");
  if (isList(value)) return value.map((each, index) => readable(each, `${place}[${index}]`));
  if (!isPropertyMap(value)) return value;
  if (signature in value) return { "fn::secret": null };
  const entries = Object.entries(value).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return Object.fromEntries(entries.map(([name, each]) => [name, readable(each, `${place}.${name}`)]));
}

// How Pulumi writes what a preview does not know, and the key of its own objects, such as secrets.
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signature = "4dabf18193072939515e22adb298388d";
