import { type Connection, connect } from "../../../../../provider/kube/connection/connect.ts";
import type { Context } from "../../../../../provider/server/customResource.ts";
import { isOn } from "../configuration.ts";
import { textAt } from "../object.ts";

/** The cluster that the provider's configuration names. */
export interface Cluster {
  readonly connection: Connection;
  /** Whether an object of a cluster that cannot be reached counts as deleted. */
  readonly deleteUnreachable: boolean;
}

export async function clusterOf({ configuration }: Context): Promise<Cluster> {
  const connection = await connect({
    kubeconfig: textAt(configuration, "kubeconfig"),
    context: textAt(configuration, "context"),
  });
  return { connection, deleteUnreachable: isOn(configuration.deleteUnreachable) };
}
