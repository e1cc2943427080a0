import { listOf, type PropertyMap, type Value } from "../values/value.ts";

/** A pod's spec, or one of its containers, with more at the end of its lists. */
export function withMore(spec: PropertyMap, more: Readonly<Record<string, readonly Value[]>>): PropertyMap {
  const longer = Object.entries(more).filter(([, items]) => items.length > 0);
  return { ...spec, ...Object.fromEntries(longer.map(([name, items]) => [name, [...listOf(spec[name]), ...items]])) };
}

/** Whether one path is another one, or below it. */
export function isInside(path: string, folder: string): boolean {
  return `${normal(path)}/`.startsWith(`${normal(folder)}/`);
}

/** A path with one spelling: without a slash at its end, or two of them. */
export function normal(path: string): string {
  return path.replace(/\/+/g, "/").replace(/\/$/, "");
}
