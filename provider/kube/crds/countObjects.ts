import type { Crd } from "../../crds/crd.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { requestJson } from "../connection/request.ts";
import { subjectOf } from "../subject.ts";

/** How many custom resources of this kind there are in all of the cluster; undefined if one may not ask. Throws a `ClusterError`. */
export async function countObjects(connection: Connection, crd: Crd, signal: AbortSignal): Promise<number | undefined> {
  const { group, names } = crd.spec;
  try {
    const { items, metadata } = await requestJson<Page>(connection, {
      action: "list",
      subject: subjectOf(names.kind, undefined),
      path: `/apis/${group}/v1/${names.plural}`,
      query: { limit: 1 },
      signal,
    });
    return items.length + (metadata.remainingItemCount ?? 0);
  } catch (error) {
    if (isClusterError(error, "forbidden")) return undefined;
    if (isClusterError(error, "notFound")) return 0;
    throw error;
  }
}

interface Page {
  readonly metadata: { readonly remainingItemCount?: number };
  readonly items: readonly unknown[];
}
