import { defaultedOf } from "../../job/defaults.ts";
import { ownershipOf } from "../../job/owner.ts";
import type { RayJob, RayJobManifest } from "../../job/rayJob.ts";
import type { Connection } from "../../kube/connection/connect.ts";
import { isClusterError } from "../../kube/connection/errors.ts";
import { createRayJob } from "../../kube/rayJobs/createRayJob.ts";
import type { EngineLog } from "../../server/engineLog.ts";
import type { PropertyMap } from "../../values/value.ts";

/**
 * Creates the RayJob. What this package sets of its own accord, and the CRD of an older KubeRay does not know, is left out
 * with a warning: nobody has asked for it.
 */
export async function createJob(
  connection: Connection,
  manifest: RayJobManifest,
  inputs: PropertyMap,
  log: EngineLog,
): Promise<RayJob> {
  const isOurs = (found: RayJob) => ownershipOf(found, manifest) === "same run";
  try {
    return await createRayJob(connection, manifest, { isOurs });
  } catch (error) {
    const strangers = strangersOf(error, defaultedOf(inputs));
    if (strangers.length === 0) throw error;
    log.warning(
      `KubeRay's CRDs on ${connection.server} do not know ${strangers.map((name) => `\`${name}\``).join(", ")}, a default of ` +
        "this package: the job goes without. KubeRay 1.6 or newer knows it",
    );
    const known = Object.entries(manifest.spec).filter(([name]) => !strangers.includes(name));
    return createRayJob(connection, { ...manifest, spec: Object.fromEntries(known) }, { isOurs });
  }
}

/** The fields that the CRD does not know, if all of them can be left out. */
function strangersOf(error: unknown, droppable: readonly string[]): readonly string[] {
  const fields = isClusterError(error) ? (error.unknownFields ?? []) : [];
  const names = fields.map((field) => field.replace(/^spec\./, ""));
  return names.every((name) => droppable.includes(name)) ? names : [];
}
