import type { Connection } from "../../../../../provider/kube/connection/connection.ts";
import { isClusterError } from "../../../../../provider/kube/connection/errors.ts";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import type { Kind } from "../kinds.ts";
import { at, mapsAt, placeOf } from "../object.ts";
import { createObject, getObject } from "./requests.ts";

/**
 * The object that a creation would make. Where the name is taken by an object of Pulumi's, it may be the one that the
 * same deployment is about to replace, so the API server is asked about a name like it; anybody else's is an error.
 */
export async function dryRunCreate(
  connection: Connection,
  kind: Kind,
  object: PropertyMap,
  signal: AbortSignal,
): Promise<PropertyMap> {
  const options = { fieldManager: "pulumi-kubernetes", dryRun: true, signal };
  try {
    return await createObject(connection, kind, object, options);
  } catch (error) {
    if (!isClusterError(error, "alreadyExists")) throw error;
    const place = placeOf(object);
    if (!isPulumis(await getObject(connection, kind, place, "read", signal))) throw error;
    const alike = await createObject(connection, kind, renamed(object, `${place.name.slice(0, 50)}-preview`), options);
    return renamed(alike, place.name);
  }
}

function isPulumis(live: PropertyMap): boolean {
  return mapsAt(live, "metadata", "managedFields").some(({ manager }) =>
    String(manager).startsWith("pulumi-kubernetes-"),
  );
}

function renamed(object: PropertyMap, name: string): PropertyMap {
  return { ...object, metadata: { ...(at(object, "metadata") as PropertyMap), name } };
}
