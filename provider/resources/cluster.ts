import { textSetting } from "../configuration.ts";
import { type Connection, connect } from "../kube/connection/connect.ts";
import { clusterUid } from "../kube/connection/identity.ts";
import type { Context } from "../server/customResource.ts";
import type { PropertyMap } from "../values/value.ts";

/** The cluster that the provider's configuration names, and who it is. */
export interface Cluster {
  readonly connection: Connection;
  /** The UID of its namespace kube-system, which no two clusters share. */
  readonly uid: string;
}

/** Connects to the cluster that the provider's configuration names. */
export async function clusterOf({ configuration, signal }: Context): Promise<Cluster> {
  const connection = await connect({
    kubeconfig: textSetting(configuration, "kubeconfig"),
    context: textSetting(configuration, "context"),
  });
  return { connection, uid: await clusterUid(connection, signal) };
}

/**
 * Connects to the cluster on which the resource was created, and refuses any other: there a missing RayJob would be
 * taken for a finished one, and one of the same name for ours.
 */
export async function sameClusterOf(context: Context, outputs: PropertyMap, subject: string): Promise<Cluster> {
  const cluster = await clusterOf(context);
  const { clusterUid: expected } = outputs;
  if (expected === undefined || expected === cluster.uid) return cluster;
  throw new Error(
    `Cannot reach ${subject}: it lives on the cluster whose kube-system has the UID ${String(expected)}, but the provider's ` +
      `configuration leads to ${cluster.uid} (${cluster.connection.server}). Point "kubeconfig" and "context" back to ` +
      "the first one, or remove the resource from the state with `pulumi state delete`",
  );
}
