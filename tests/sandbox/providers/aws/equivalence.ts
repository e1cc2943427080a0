import { isList, isPropertyMap, type PropertyMap, type Value } from "../../../../provider/values/value.ts";

/** Whether two policy documents say the same: AWS gives them back in another order and spelling than it got them. */
export function samePolicy(one: Value | undefined, other: Value | undefined): boolean {
  if (one === other) return true;
  const [first, second] = [documentOf(one), documentOf(other)];
  return first !== undefined && second !== undefined && canonical(first) === canonical(second);
}

/** Whether two settings say the same: to say nothing, `false`, and something empty are one. */
export function sameSettings(one: Value | undefined, other: Value | undefined): boolean {
  return canonicalJson(said(one)) === canonicalJson(said(other));
}

function documentOf(value: Value | undefined): PropertyMap | undefined {
  if (typeof value !== "string") return isPropertyMap(value) ? value : undefined;
  try {
    const document: unknown = JSON.parse(value);
    return isPropertyMap(document as Value) ? (document as PropertyMap) : undefined;
  } catch {
    return undefined;
  }
}

// In a policy a text and a list of that one text are the same, and no list has an order.
function canonical(value: Value): string {
  if (isList(value) && value.length === 1) return canonical(value[0] as Value);
  if (isList(value)) return `[${[...new Set(value.map(canonical))].sort().join(",")}]`;
  if (!isPropertyMap(value)) return JSON.stringify(typeof value === "boolean" ? String(value) : value);
  const entries = Object.entries(value).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return `{${entries
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`)
    .sort()
    .join(",")}}`;
}

function canonicalJson(value: Value | undefined): string {
  return JSON.stringify(value, (_, each) =>
    isPropertyMap(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}

function said(value: Value | undefined): Value | undefined {
  if (value === null || value === false || value === "") return undefined;
  if (isList(value)) return value.length === 0 ? undefined : value.map((each) => said(each) ?? null);
  if (!isPropertyMap(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, said(each)] as const);
  const rest = entries.filter(([, each]) => each !== undefined);
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}
