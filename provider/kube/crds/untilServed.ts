import { acceptanceOf } from "../../crds/acceptance.ts";
import type { Crd } from "../../crds/crd.ts";
import type { Connection } from "../connection/connection.ts";
import { pause } from "../connection/pause.ts";
import { readCrd } from "./readCrd.ts";

/**
 * Waits until the API server serves the custom resources of a CRD that was applied, which takes it less than a second.
 * Throws if it refuses to, if the CRD is gone, or if it has not got to it in a minute, and the signal's reason when that is
 * aborted.
 */
export async function untilServed(connection: Connection, applied: Crd, signal: AbortSignal): Promise<void> {
  const { name } = applied.metadata;
  const deadline = performance.now() + LONGEST_MS;
  for (let crd: Crd | undefined = applied; ; crd = await readCrd(connection, name, signal)) {
    if (crd === undefined)
      throw new Error(`${name} was deleted while it was being installed. Find out by whom, and run it again`);
    const acceptance = acceptanceOf(crd);
    if (acceptance.state === "served") return;
    if (acceptance.state === "refused")
      throw new Error(`${name} is not served: ${acceptance.because}. Take what is in its way off the cluster`);
    if (performance.now() > deadline) {
      throw new Error(
        `${name} is not served by ${connection.server} after ${LONGEST_MS / 1000} s. See \`kubectl describe crd ${name}\`, ` +
          "and run it again",
      );
    }
    await pause(LOOK_AGAIN_MS, signal);
  }
}

const LOOK_AGAIN_MS = 200;
const LONGEST_MS = 60_000;
