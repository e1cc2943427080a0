import type { Connection } from "../../../../../provider/kube/connection/connection.ts";
import { isClusterError } from "../../../../../provider/kube/connection/errors.ts";
import { requestJson } from "../../../../../provider/kube/connection/request.ts";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import type { Kind } from "../kinds.ts";
import { mapsAt, placeOf } from "../object.ts";
import { getObject, pathOf, subjectFor } from "./requests.ts";

/**
 * Writes down that the creator of an object is the one who will apply it from now on. Kubernetes takes somebody who
 * created an object and somebody of the same name who applies it for two owners, whose wishes then conflict.
 */
export async function takeOwnership(
  connection: Connection,
  kind: Kind,
  created: PropertyMap,
  { fieldManager, signal }: { readonly fieldManager: string; readonly signal: AbortSignal },
): Promise<PropertyMap> {
  let live = created;
  for (let tries = 1; ; tries += 1) {
    const index = entryOf(live, fieldManager);
    // Who has set nothing but a name owns nothing.
    if (index < 0) return live;
    try {
      return await rename(connection, kind, live, { index, fieldManager, signal });
    } catch (error) {
      // Meanwhile a controller has become an owner, too, and the list is in another order.
      if (tries === 5 || !isClusterError(error, "invalid")) throw error;
      live = await getObject(connection, kind, placeOf(live), "read", signal);
    }
  }
}

function entryOf(live: PropertyMap, fieldManager: string): number {
  return mapsAt(live, "metadata", "managedFields").findIndex(
    ({ manager, operation }) => manager === fieldManager && operation === "Update",
  );
}

interface Entry {
  readonly index: number;
  readonly fieldManager: string;
  readonly signal: AbortSignal;
}

async function rename(
  connection: Connection,
  kind: Kind,
  live: PropertyMap,
  { index, fieldManager, signal }: Entry,
): Promise<PropertyMap> {
  const entry = `/metadata/managedFields/${index}`;
  return await requestJson<PropertyMap>(connection, {
    action: "take ownership of",
    subject: subjectFor(kind, placeOf(live)),
    method: "PATCH",
    path: pathOf(kind, placeOf(live)),
    contentType: "application/json-patch+json",
    body: [
      { op: "test", path: `${entry}/manager`, value: fieldManager },
      { op: "replace", path: `${entry}/operation`, value: "Apply" },
    ],
    signal,
  });
}
