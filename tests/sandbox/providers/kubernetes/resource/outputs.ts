import { isPropertyMap, type PropertyMap, UNKNOWN, withUnknownAt } from "../../../../../provider/values/value.ts";
import type { Kind } from "../kinds.ts";
import { at } from "../object.ts";

/** The state of an object: as it is on the cluster, without the list of who owns which field, and who we were for it. */
export function outputsOf(live: PropertyMap, fieldManager: string | undefined): PropertyMap {
  const { managedFields: _, ...metadata } = live.metadata as PropertyMap;
  return { ...live, metadata, ...(fieldManager !== undefined && { __fieldManager: fieldManager }) };
}

/**
 * What a preview can say: a new object has yet to be given its identity, status and addresses, while one that is updated
 * keeps its identity.
 */
export function foretold(kind: Kind, object: PropertyMap, old?: PropertyMap): PropertyMap {
  if (!isPropertyMap(object.metadata)) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  const identity = old ? {} : { uid: UNKNOWN, creationTimestamp: UNKNOWN };
  const status = kind.properties.includes("status") ? { status: UNKNOWN } : {};
  const later = old ? [] : (kind.decidedLater ?? []).map((place) => place.split("."));
  const outputs = { ...object, metadata: { ...metadata, ...identity, resourceVersion: UNKNOWN }, ...status };
  return withUnknownAt(
    outputs as PropertyMap,
    later.filter(([first = ""]) => isPropertyMap(at(outputs as PropertyMap, first))),
  );
}
