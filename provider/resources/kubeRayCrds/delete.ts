import type { Crd } from "../../crds/crd.ts";
import { appliedCrdsOf } from "../../crds/outputs.ts";
import { countObjects } from "../../kube/crds/countObjects.ts";
import { deleteCrd } from "../../kube/crds/deleteCrd.ts";
import { readCrd } from "../../kube/crds/readCrd.ts";
import type { Context, DeleteRequest } from "../../server/customResource.ts";
import { TimedOut } from "../../server/timeout.ts";
import { type Cluster, sameClusterOf } from "../cluster.ts";
import { crdsSubject } from "./state.ts";

/** Leaves the CRDs on the cluster; with `retainOnDelete: false` deletes them with all that is of their kinds, and waits. */
export async function remove({ inputs, outputs }: DeleteRequest, context: Context): Promise<void> {
  const names = Object.keys(appliedCrdsOf(outputs));
  if (inputs.retainOnDelete !== false) {
    return context.log.info(`KubeRay's CRDs stay on the cluster: ${names.join(", ")}`);
  }
  const cluster = await sameClusterOf(context, outputs, crdsSubject);
  const found = await Promise.all(names.map((name) => readCrd(cluster.connection, name, context.signal)));
  await removeAll(
    found.filter((crd) => crd !== undefined),
    cluster,
    context,
  );
}

/** All at once: the API server takes at least five seconds for each. */
async function removeAll(crds: readonly Crd[], { connection }: Cluster, { signal, log }: Context): Promise<void> {
  const left = new Map<Crd, string>();
  for (const crd of crds) left.set(crd, objectsOf(crd, await countObjects(connection, crd, signal)));
  log.status(`deleting ${listOf(left)}`);
  try {
    await Promise.all(
      crds.map(async (crd) => {
        await deleteCrd(connection, crd, signal);
        left.delete(crd);
        log.status(`deleting ${listOf(left)}`);
      }),
    );
  } catch (error) {
    if (!(error instanceof TimedOut)) throw error;
    throw new Error(
      `The deletion of ${listOf(left)} has begun, but is not over. Finalizers that hold objects need a running KubeRay ` +
        `operator. ${error.message}`,
    );
  }
}

function listOf(crds: ReadonlyMap<Crd, string>): string {
  return [...crds].map(([{ metadata }, objects]) => `${metadata.name} (${objects})`).join(", ");
}

function objectsOf(crd: Crd, count: number | undefined): string {
  const { kind } = crd.spec.names;
  return count === undefined ? `every ${kind}` : `${count} ${kind}${count === 1 ? "" : "s"}`;
}
