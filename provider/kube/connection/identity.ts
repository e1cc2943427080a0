import { subjectOf } from "../subject.ts";
import type { Connection } from "./connection.ts";
import { requestJson } from "./request.ts";

/**
 * What tells one cluster from another, whatever its address or the kubeconfig calls it: the UID of its kube-system namespace.
 * Asked once per connection. Throws a `ClusterError`.
 */
export async function clusterUid(connection: Connection, signal?: AbortSignal): Promise<string> {
  const name = "kube-system";
  const known = uids.get(connection);
  if (known) return known;
  const namespace = await requestJson<{ readonly metadata: { readonly uid: string } }>(connection, {
    action: "read",
    subject: subjectOf("Namespace", name),
    path: `/api/v1/namespaces/${name}`,
    signal,
  });
  uids.set(connection, namespace.metadata.uid);
  return namespace.metadata.uid;
}

const uids = new WeakMap<Connection, string>();
