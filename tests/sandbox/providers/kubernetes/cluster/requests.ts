import type { ClusterRequest } from "../../../../../provider/kube/connection/clusterRequest.ts";
import type { Connection } from "../../../../../provider/kube/connection/connection.ts";
import { isClusterError } from "../../../../../provider/kube/connection/errors.ts";
import { requestJson } from "../../../../../provider/kube/connection/request.ts";
import { subjectOf } from "../../../../../provider/kube/subject.ts";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import type { Kind } from "../kinds.ts";
import { annotationOf, type Place, placeOf } from "../object.ts";

/** How a write is signed and whether it is only tried. */
export interface WriteOptions {
  readonly fieldManager: string;
  readonly dryRun?: boolean;
  readonly signal: AbortSignal;
}

/** Creates the object; one that exists already is an error. */
export async function createObject(
  connection: Connection,
  kind: Kind,
  object: PropertyMap,
  options: WriteOptions,
): Promise<PropertyMap> {
  const { namespace } = placeOf(object);
  return await requestJson<PropertyMap>(connection, {
    ...about("create", kind, placeOf(object)),
    method: "POST",
    path: pathOf(kind, { namespace }),
    query: queryOf(options),
    body: object,
    signal: options.signal,
  });
}

/** Applies the object server-side: what others own is a conflict, unless the object is annotated to force it. */
export async function applyObject(
  connection: Connection,
  kind: Kind,
  object: PropertyMap,
  options: WriteOptions,
): Promise<PropertyMap> {
  const force = annotationOf(object, "pulumi.com/patchForce") === "true";
  return await requestJson<PropertyMap>(connection, {
    ...about("update", kind, placeOf(object)),
    method: "PATCH",
    query: { ...queryOf(options), force: String(force) },
    contentType: "application/apply-patch+yaml",
    body: object,
    signal: options.signal,
  });
}

/** The object as it is now. Throws a `ClusterError`, of kind `notFound` if there is none. */
export async function getObject(
  connection: Connection,
  kind: Kind,
  place: Place,
  action: string,
  signal: AbortSignal,
): Promise<PropertyMap> {
  return await requestJson<PropertyMap>(connection, { ...about(action, kind, place), signal });
}

export async function findObject(
  connection: Connection,
  kind: Kind,
  place: Place,
  signal: AbortSignal,
): Promise<PropertyMap | undefined> {
  return await getObject(connection, kind, place, "read", signal).catch(undefinedIfMissing);
}

/** Asks for the deletion, dependents first; what is gone already is fine. */
export async function deleteObject(connection: Connection, kind: Kind, place: Place, signal: AbortSignal) {
  const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Foreground" };
  const request: ClusterRequest = { ...about("delete", kind, place), method: "DELETE", body, signal };
  await requestJson(connection, request).catch(undefinedIfMissing);
}

export function subjectFor({ kind }: Kind, { namespace, name }: Place): string {
  return subjectOf(kind, namespace, name);
}

export function pathOf({ apiVersion, plural }: Kind, { namespace, name }: Partial<Place>): string {
  const parts = [
    apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`,
    ...(namespace === undefined ? [] : ["namespaces", encodeURIComponent(namespace)]),
    plural,
    ...(name === undefined ? [] : [encodeURIComponent(name)]),
  ];
  return parts.join("/");
}

function about(action: string, kind: Kind, place: Place): ClusterRequest {
  return { action, subject: subjectFor(kind, place), path: pathOf(kind, place) };
}

function queryOf({ fieldManager, dryRun }: WriteOptions) {
  return { fieldManager, fieldValidation: "Strict", dryRun: dryRun ? "All" : undefined };
}

function undefinedIfMissing(error: unknown): undefined {
  if (!isClusterError(error, "notFound")) throw error;
}
