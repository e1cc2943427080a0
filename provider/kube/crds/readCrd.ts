import type { Crd } from "../../crds/crd.ts";
import type { ClusterRequest } from "../connection/clusterRequest.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { requestJson } from "../connection/request.ts";
import { subjectOf } from "../subject.ts";

/** The CRD as it is now, or undefined if the cluster has none of this name. Throws a `ClusterError` otherwise. */
export async function readCrd(connection: Connection, name: string, signal: AbortSignal): Promise<Crd | undefined> {
  try {
    return await requestJson<Crd>(connection, { ...crdRequest(name), action: "read", signal });
  } catch (error) {
    if (isClusterError(error) && error.missing === "object") return undefined;
    throw error;
  }
}

/** What every request about a CRD says. */
export function crdRequest(name: string): Pick<ClusterRequest, "subject" | "path"> {
  return {
    subject: subjectOf("CustomResourceDefinition", undefined, name),
    path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${encodeURIComponent(name)}`,
  };
}
