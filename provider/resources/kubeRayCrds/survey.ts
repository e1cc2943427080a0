import type { Crd } from "../../crds/crd.ts";
import { newerThan } from "../../crds/newer.ts";
import { type OtherOperator, operatorsOutside } from "../../crds/operators.ts";
import { allCrdNames, type KubeRayVersion } from "../../crds/release.ts";
import { isClusterError } from "../../kube/connection/errors.ts";
import { listOperators } from "../../kube/crds/listOperators.ts";
import { readCrd } from "../../kube/crds/readCrd.ts";
import type { Context } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import { type Cluster, clusterOf } from "../cluster.ts";

/** What is asked for. */
export interface Request {
  readonly version: KubeRayVersion;
  readonly inputs: PropertyMap;
  /** Those of the last deployment; empty for a new resource. */
  readonly oldInputs: PropertyMap;
}

/** The CRDs that are on the cluster. Throws if they, or an operator, are in the way of what is asked for. */
export async function survey(request: Request, cluster: Cluster, context: Context): Promise<readonly Crd[]> {
  const { version, inputs } = request;
  const [live] = await Promise.all([liveCrds(cluster, context), refuseOtherOperators(request, cluster, context)]);
  for (const { metadata } of live) if (metadata.deletionTimestamp !== undefined) throw beingDeleted(metadata.name);
  if (inputs.force !== true) refuseNewer(version, newerThan(version, live));
  return live;
}

/** The same for a preview: what cannot be seen from here, or soon, is left to the deployment. */
export async function surveyIfPossible(request: Request, context: Context): Promise<void> {
  const limit = AbortSignal.timeout(previewMilliseconds);
  const limited = { ...context, signal: AbortSignal.any([context.signal, limit]) };
  try {
    await survey(request, await clusterOf(limited), limited);
  } catch (error) {
    if (!isClusterError(error) && !limited.signal.aborted) throw error;
  }
}

const previewMilliseconds = 5_000;

async function liveCrds({ connection }: Cluster, { signal }: Context): Promise<readonly Crd[]> {
  const found = await Promise.all(allCrdNames().map((name) => readCrd(connection, name, signal)));
  return found.filter((crd) => crd !== undefined);
}

/** Throws if there are signs that the CRDs on the cluster are newer than the version. */
export function refuseNewer(version: KubeRayVersion, signs: readonly string[]): void {
  if (signs.length === 0) return;
  throw new Error(
    `Cannot install the CRDs of KubeRay ${version}: those on the cluster are newer (${signs.join("; ")}), and an operator ` +
      'must not be older than its CRDs. Set "version" to theirs, or set "force" to true; stored objects then lose what ' +
      `KubeRay ${version} does not know`,
  );
}

function beingDeleted(name: string): Error {
  return new Error(
    `Cannot install ${name}: the one on the cluster is being deleted, and all custom resources of its kind with it. Deploy ` +
      "again when it is gone; until then their finalizers need a running KubeRay operator",
  );
}

/** Throws if an operator that serves the whole cluster is not this installation's: a new one has none yet. */
export async function refuseOtherOperators({ inputs, oldInputs }: Request, { connection }: Cluster, context: Context) {
  const { operatorNamespace } = inputs;
  if (typeof operatorNamespace !== "string") return;
  try {
    const isNew = Object.keys(oldInputs).length === 0;
    const ours = isNew ? [] : [operatorNamespace, oldInputs.operatorNamespace];
    const others = operatorsOutside(ours, await listOperators(connection, context.signal));
    for (const other of others) {
      if (other.serves === undefined) throw secondOperator(other, operatorNamespace);
      context.log.warning(sharedNamespaces(other, other.serves));
    }
  } catch (error) {
    if (!isClusterError(error, "forbidden")) throw error;
    context.log.warning(
      `Cannot see whether another KubeRay operator serves this cluster: ${error.problem}. Two operators would work on every job`,
    );
  }
}

function secondOperator({ name, namespace }: OtherOperator, operatorNamespace: string): Error {
  return new Error(
    `Cannot install a KubeRay operator in the namespace "${operatorNamespace}": Deployment/${namespace}/${name} is one that ` +
      "serves the whole cluster already, and two of them would work on every job. Use it with " +
      "`operator: { install: false }`, or remove it first",
  );
}

function sharedNamespaces({ name, namespace }: OtherOperator, serves: readonly string[]): string {
  return (
    `Deployment/${namespace}/${name} is a KubeRay operator for the namespaces ${serves.join(", ")}: leave these out of the ` +
    "new operator's `watchNamespace`, or both will work on their jobs"
  );
}
