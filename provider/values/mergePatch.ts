import { isPropertyMap, type PropertyMap, type Value } from "./value.ts";

/** What a JSON merge patch (RFC 7396) makes of a value. */
export function mergedBy(target: Value | undefined, patch: Value): Value {
  if (!isPropertyMap(patch)) return patch;
  const merged: Record<string, Value | undefined> = isPropertyMap(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch as PropertyMap)) {
    if (value === null || value === undefined) delete merged[name];
    else merged[name] = mergedBy(merged[name], value);
  }
  return merged;
}
