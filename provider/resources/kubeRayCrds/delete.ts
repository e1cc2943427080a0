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
  if (inputs.retainOnDelete !== false)
    return context.log.info(`KubeRay's CRDs stay on the cluster: ${names.join(", ")}`);
  const cluster = await sameClusterOf(context, outputs, crdsSubject);
  for (const crd of await thereOf(names, cluster, context)) await removeOne(crd, cluster, context);
}

async function thereOf(names: readonly string[], { connection }: Cluster, { signal }: Context): Promise<Crd[]> {
  const found = await Promise.all(names.map((name) => readCrd(connection, name, signal)));
  return found.filter((crd) => crd !== undefined);
}

async function removeOne(crd: Crd, { connection }: Cluster, { signal, log }: Context): Promise<void> {
  const objects = objectsOf(crd, await countObjects(connection, crd, signal));
  log.status(`deleting ${crd.metadata.name} and ${objects}`);
  try {
    await deleteCrd(connection, crd, signal);
  } catch (error) {
    if (!(error instanceof TimedOut)) throw error;
    throw new Error(
      `${crd.metadata.name} is being deleted, and ${objects} with it, but something holds them: their finalizers need a ` +
        `running KubeRay operator. ${error.message}`,
    );
  }
}

function objectsOf(crd: Crd, count: number | undefined): string {
  const { kind } = crd.spec.names;
  return count === undefined ? `every ${kind}` : `${count} ${kind}${count === 1 ? "" : "s"}`;
}
