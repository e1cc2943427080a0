import { type Deployment, operatorSelector } from "../../crds/operators.ts";
import type { Connection } from "../connection/connection.ts";
import { requestJson } from "../connection/request.ts";

/** The Deployments, in all namespaces, that may be KubeRay operators. Throws a `ClusterError`. */
export async function listOperators(connection: Connection, signal: AbortSignal): Promise<readonly Deployment[]> {
  const { items } = await requestJson<{ readonly items: readonly Deployment[] }>(connection, {
    action: "list",
    subject: "Deployments of the cluster",
    path: "/apis/apps/v1/deployments",
    query: { labelSelector: operatorSelector },
    signal,
  });
  return items;
}
