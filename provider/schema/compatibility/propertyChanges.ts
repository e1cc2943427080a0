import type { PropertySpec, TypeSpec } from "../interfaces.ts";
import type { Properties } from "../uses.ts";
import type { BreakingChange } from "./breakingChange.ts";

/** Whose properties are compared, and whether programs write them (`in`), read them (`out`), or both. */
export interface Owner {
  readonly owner: string;
  readonly direction: "in" | "out" | "both";
}

export interface PropertySet {
  readonly properties: Properties;
  readonly required?: readonly string[] | undefined;
}

/** What is no longer so of some properties. */
export function propertyChanges(
  { owner, direction }: Owner,
  before: PropertySet,
  after: PropertySet,
): BreakingChange[] {
  const isWritten = direction !== "out";
  const isRead = direction !== "in";
  const old = Object.entries(before.properties).flatMap(([name, property]) => {
    const at = `${owner} ${name}`;
    const now = after.properties[name];
    if (now === undefined) return [{ at, what: "it is gone" }];
    const wasRequired = before.required?.includes(name) ?? false;
    const isRequired = after.required?.includes(name) ?? false;
    return [
      ...(isWritten && isRequired && !wasRequired ? [{ at, what: "it is now required" }] : []),
      ...(isRead && wasRequired && !isRequired ? [{ at, what: "it can now be absent" }] : []),
      ...changesOf(property, now).map((what) => ({ at, what })),
    ];
  });
  const added = Object.keys(after.properties).filter((name) => !(name in before.properties));
  const demanded = added.filter((name) => isWritten && after.required?.includes(name));
  return [...old, ...demanded.map((name) => ({ at: `${owner} ${name}`, what: "it is new, and required" }))];
}

function changesOf(old: PropertySpec, now: PropertySpec): string[] {
  const [before, after] = [textOf(old), textOf(now)];
  // A plain text may become one that has words of its own: texts are taken as before.
  const isWider = before === "string" && isText(now);
  return [
    ...(before === after || isWider ? [] : [`it was ${before}, and is ${after}`]),
    ...(old.secret === true && now.secret !== true ? ["it is no longer secret"] : []),
    ...(now.willReplaceOnChanges === true && old.willReplaceOnChanges !== true ? ["a change of it now replaces"] : []),
  ];
}

function isText({ type, oneOf }: TypeSpec): boolean {
  return type === "string" && (oneOf?.some((each) => each.type === "string" && each.$ref === undefined) ?? true);
}

/** A type in a few words. */
function textOf({ type, $ref, items, additionalProperties, oneOf }: TypeSpec): string {
  if (oneOf) return oneOf.map(textOf).join(" or ");
  if ($ref) return $ref.slice($ref.lastIndexOf(":") + 1);
  if (type === "array") return `a list of ${textOf(items ?? {})}`;
  if (type === "object") return `a map of ${textOf(additionalProperties ?? { type: "string" })}`;
  return type ?? "anything";
}
