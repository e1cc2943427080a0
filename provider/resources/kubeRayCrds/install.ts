import { type Crd, fingerprintOf, manifestOf } from "../../crds/crd.ts";
import { notServed } from "../../crds/drift.ts";
import { comesOnlyOnce } from "../../crds/managers.ts";
import { fieldsLostBy } from "../../crds/newer.ts";
import type { AppliedCrd } from "../../crds/outputs.ts";
import { type FoundFile, parse, verify } from "../../crds/releasedFile.ts";
import { applyCrd } from "../../kube/crds/applyCrd.ts";
import { untilServed } from "../../kube/crds/untilServed.ts";
import { type Context, InitializationError } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Cluster } from "../cluster.ts";
import { filesOf } from "./files.ts";
import { stateOf } from "./state.ts";
import { type Request, refuseNewer, survey } from "./survey.ts";

/**
 * Brings the CRDs on the cluster to the version and gives the outputs to keep. Nothing is applied unless every file is
 * there and right, and what is on the cluster is not newer. Who manages a CRD shows only when that one is applied.
 */
export async function install(request: Request, cluster: Cluster, context: Context): Promise<PropertyMap> {
  const { version, inputs } = request;
  const { log, signal } = context;
  const live = await survey(request, cluster, context);
  log.status(`fetching the CRDs of KubeRay ${version}`);
  const files = await filesOf(version, textOf(inputs.source), signal);
  verify(files, version);
  const wanted = await Promise.all(files.map(parse));
  if (inputs.force !== true) refuseNewer(version, lostFields(live, wanted));
  const applied: Crd[] = [];
  for (const crd of wanted) {
    log.status(`applying ${crd.metadata.name}`);
    const mayTakeOver = inputs.force === true ? () => true : comesOnlyOnce;
    applied.push(await applyCrd(cluster.connection, manifestOf(crd, version), { signal, mayTakeOver }));
  }
  return served(files, applied, inputs, cluster, context);
}

/** The CRDs are there by now: what goes wrong keeps them in the state. */
async function served(
  files: readonly FoundFile[],
  applied: readonly Crd[],
  inputs: PropertyMap,
  cluster: Cluster,
  { log, signal }: Context,
): Promise<PropertyMap> {
  log.status("waiting until the API server serves the CRDs");
  const crds: Record<string, AppliedCrd> = {};
  const reasons: string[] = [];
  for (const crd of applied) {
    const { name } = crd.metadata;
    const sha256 = files.find(({ released }) => released.name === name)?.released.sha256 ?? "";
    crds[name] = { sha256, fingerprint: fingerprintOf(crd) };
    await untilServed(cluster.connection, crd, signal).catch((error: Error) => {
      reasons.push(error.message);
      crds[name] = { sha256, fingerprint: fingerprintOf(crd), drift: notServed };
    });
  }
  const state = stateOf(inputs, crds, cluster.uid);
  const [first] = reasons;
  if (first !== undefined) throw new InitializationError(first, state, reasons);
  log.status(`serves ${applied.length} CRDs`);
  return state.outputs;
}

function lostFields(live: readonly Crd[], wanted: readonly Crd[]): string[] {
  return live.flatMap((crd) => {
    const successor = wanted.find(({ metadata }) => metadata.name === crd.metadata.name);
    const lost = successor === undefined ? [] : fieldsLostBy(crd, successor);
    if (lost.length === 0) return [];
    const more = lost.length > shownFields ? ` and ${lost.length - shownFields} more` : "";
    return [`${crd.metadata.name} has ${lost.slice(0, shownFields).join(", ")}${more}`];
  });
}

const shownFields = 3;

function textOf(value: PropertyMap[string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}
