import { parseAllDocuments } from "yaml";
import { isPropertyMap, type PropertyMap } from "../../../../../provider/values/value.ts";
import { findKind } from "../kinds.ts";
import { at, textAt } from "../object.ts";

/**
 * The objects of a rendered chart, each with its namespace. Throws an error that names the objects of types that the
 * stand-in does not know.
 */
export function objectsOf(manifest: string, namespace: string): PropertyMap[] {
  const objects = parseAllDocuments(manifest)
    .map((document): unknown => document.toJS())
    .filter((object): object is PropertyMap => isPropertyMap(object as PropertyMap));
  const strangers = objects.filter(({ apiVersion, kind }) => findKind(apiVersion, kind) === undefined);
  if (strangers.length > 0) {
    const names = strangers.map((object) => `${textAt(object, "kind")} ${textAt(object, "metadata", "name")}`);
    throw new Error(`Cannot create ${names.join(", ")}: the sandbox's kubernetes provider has no such types`);
  }
  return objects.map((object) => placed(object, namespace));
}

function placed(object: PropertyMap, namespace: string): PropertyMap {
  if (findKind(object.apiVersion, object.kind)?.namespaced !== true) return object;
  const metadata = at(object, "metadata") as PropertyMap;
  return { ...object, metadata: { ...metadata, namespace: metadata.namespace ?? namespace } };
}
