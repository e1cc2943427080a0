import type { RayJob } from "../../job/rayJob.ts";
import { lineOf } from "../../job/report.ts";
import { type Context, InitializationError, type ResourceState } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Cluster } from "../cluster.ts";
import { awaitJob } from "./awaitJob.ts";
import { explain } from "./explain.ts";
import { showLogTail } from "./showLogTail.ts";
import { gonePhase, stateOf } from "./state.ts";

/**
 * Waits for what `waitFor` asks for and returns the state to keep. The RayJob exists by now: whatever goes wrong is
 * thrown as an InitializationError, so that the state never loses it.
 */
export async function settle(
  rayJob: RayJob,
  inputs: PropertyMap,
  cluster: Cluster,
  context: Context,
): Promise<ResourceState> {
  const outcome = await awaitJob(rayJob, inputs, cluster.connection, {
    show: (event) => context.log.status(lineOf(event)),
    signal: context.signal,
  });
  const state = stateOf(outcome.rayJob, inputs, cluster);
  if (outcome.kind === "reached") return state;
  if (outcome.kind === "failed") await showLogTail(outcome.rayJob, inputs, cluster, context.log);
  const reason = await explain(outcome, inputs, cluster);
  const kept = outcome.kind === "gone" ? { ...state, outputs: { ...state.outputs, phase: gonePhase } } : state;
  throw new InitializationError(reason, kept, [reason]);
}
