/** Things with a path, in place where that can be, sorted by the bytes of their paths, which no locale changes. */
export function sortedByPath<Thing extends { readonly path: string }>(things: Thing[]): Thing[] {
  // Texts compare by their UTF-16 units, which is the order of the bytes unless some are halves of characters.
  if (!things.some(({ path }) => surrogate.test(path))) return things.sort(byUnits);
  return things
    .map((thing) => ({ thing, key: Buffer.from(thing.path) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ thing }) => thing);
}

function byUnits(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

const surrogate = /[\ud800-\udfff]/;
