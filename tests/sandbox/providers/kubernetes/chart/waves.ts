import type { PropertyMap } from "../../../../../provider/values/value.ts";

/**
 * The objects in an order that works, those of a wave at once: namespaces, then everything that pods need before they
 * start, then the pods and the Services that wait for them.
 */
export function wavesOf(objects: readonly PropertyMap[]): PropertyMap[][] {
  const waves = [0, 1, 2].map((rank) => objects.filter((object) => rankOf(object) === rank));
  return waves.filter((wave) => wave.length > 0);
}

function rankOf({ kind }: PropertyMap): number {
  return kind === "Namespace" ? 0 : kind === "Deployment" || kind === "Service" ? 2 : 1;
}
