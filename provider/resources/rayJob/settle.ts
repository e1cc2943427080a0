import { logsCommandOf } from "../../job/commands.ts";
import { LineBatch } from "../../job/lineBatch.ts";
import { cancelledPhase, gonePhase } from "../../job/owed.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { cancelledOf, lineOf, textOf, unstoppableOf } from "../../job/report.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import { type Context, InitializationError, type ResourceState } from "../../server/customResource.ts";
import { Cancelled } from "../../server/session.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Cluster } from "../cluster.ts";
import { awaitJob, type Outcome } from "./awaitJob.ts";
import { explain } from "./explain.ts";
import { record } from "./record.ts";
import { showLogTail } from "./showLogTail.ts";
import { stateOf } from "./state.ts";
import { stop } from "./stop.ts";
import { streamLog } from "./streamLog.ts";

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
    print: (lines, shown) =>
      streamLog(lines, batchOf(inputs), async (text) => {
        await context.log.info(text);
        shown(text.slice(text.lastIndexOf("\n") + 1));
      }),
    warn: (message) => context.log.warning(message),
    signal: context.signal,
  });
  const state = stateOf(outcome.rayJob, inputs, cluster);
  if (outcome.kind === "failed" && !outcome.isLogShown) await showLogTail(outcome.rayJob, inputs, cluster, context.log);
  const end = outcome.kind === "reached" ? {} : await endOf(outcome, inputs, cluster, context);
  context.afterwards((signal) => record(outcome.rayJob, cluster, { ...context, signal }));
  if (end.reason === undefined) return state;
  const kept = end.phase === undefined ? state : { ...state, outputs: { ...state.outputs, phase: end.phase } };
  throw new InitializationError(end.reason, kept, [end.reason]);
}

function batchOf(inputs: PropertyMap): LineBatch {
  const allLines = logsCommandOf(inputs);
  return new LineBatch(typeof allLines === "string" ? allLines : undefined);
}

/** Why the wait did not end well, and what has become of the RayJob if it is not what it was seen as last. */
interface End {
  readonly reason?: string;
  readonly phase?: string;
}

async function endOf(
  outcome: Exclude<Outcome, { readonly kind: "reached" }>,
  inputs: PropertyMap,
  cluster: Cluster,
  { signal }: Context,
): Promise<End> {
  const wasCancelled = outcome.kind === "unfinished" && signal.reason instanceof Cancelled;
  if (!wasCancelled || inputs.stopOnCancel !== true) {
    return {
      reason: await explain(outcome, inputs, cluster),
      ...(outcome.kind === "gone" ? { phase: gonePhase } : {}),
    };
  }
  const { metadata } = outcome.rayJob;
  const refusal = await stop(metadata, cluster);
  if (refusal === undefined) {
    return { reason: textOf(cancelledOf({ subject: rayJobSubject(metadata) })), phase: cancelledPhase };
  }
  return { reason: unstoppableOf(await explain(outcome, inputs, cluster), refusal, metadata) };
}
