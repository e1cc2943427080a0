import { nameOf, typeOf } from "../../values/urn.ts";
import { isPropertyMap, listOf, mapOf, type PropertyMap, type Value } from "../../values/value.ts";

/** What a summary needs of the JSON that `pulumi preview --json` prints. */
export interface Preview {
  /** `PROJECT/STACK`; undefined where the preview has not come to any resource. */
  readonly stack: string | undefined;
  /** In the order of the resources' names. */
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
  /** How many resources stay as they are and are not among the steps: without `--show-sames` all of them. */
  readonly unlisted: number;
}

/** What is to be done with a resource; of a replacement one step alone. */
export interface Step {
  readonly name: string;
  readonly type: string;
  /** The engine's word: create, update, replace, delete, same, read, import … */
  readonly op: string;
  readonly before: PropertyMap;
  readonly after: PropertyMap;
  /** The property paths that make the difference, in their order. */
  readonly changed: readonly string[];
}

export interface Diagnostic {
  /** The name of the resource that it is about, if it is about one. */
  readonly name: string;
  readonly type: string;
  readonly severity: string;
  readonly message: string;
}

/** Reads the JSON; undefined for a text that is not a preview's. */
export function previewOf(text: string): Preview | undefined {
  const json = parsed(text);
  if (!isPropertyMap(json) || (json.steps === undefined && json.diagnostics === undefined)) return undefined;
  const steps = listOf(json.steps).map(mapOf);
  const diagnostics = listOf(json.diagnostics).map(mapOf);
  const same = Number(mapOf(json.changeSummary).same ?? 0);
  return {
    stack: [...steps, ...diagnostics].map(({ urn }) => stackOf(textOf(urn))).find((stack) => stack !== undefined),
    steps: steps
      .map(stepOf)
      .filter(({ op, type }) => !parts.includes(op) && !type.startsWith("pulumi:"))
      .sort(byName),
    diagnostics: diagnostics.map(diagnosticOf).sort(byName),
    unlisted: Math.max(0, same - steps.filter(({ op }) => op === "same").length),
  };
}

// What a replacement is made of, beside the step that is called so.
const parts = ["create-replacement", "delete-replaced"];

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function stepOf({ urn, op, oldState, newState, detailedDiff }: PropertyMap): Step {
  return {
    name: nameOf(textOf(urn)),
    type: typeOf(textOf(urn)),
    op: textOf(op),
    before: mapOf(mapOf(oldState).inputs),
    after: mapOf(mapOf(newState).inputs),
    changed: Object.keys(mapOf(detailedDiff)).sort(),
  };
}

function diagnosticOf({ urn, severity, message }: PropertyMap): Diagnostic {
  const plain = textOf(message)
    .replace(/<\{%.*?%\}>/g, "")
    .replace(/^(warning|error): /, "");
  return { name: nameOf(textOf(urn)), type: typeOf(textOf(urn)), severity: textOf(severity), message: plain.trim() };
}

// The engine works on several at once, in an order that is another each time.
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function stackOf(urn: string): string | undefined {
  const [, , stack, project] = urn.split(/::?/);
  return stack && project ? `${project}/${stack}` : undefined;
}

function textOf(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}
