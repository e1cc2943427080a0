import type { OperatorState } from "../crds/operators.ts";
import { quoted, stopCommandOf } from "./commands.ts";
import type { RayJob } from "./rayJob.ts";
import { verdictOf } from "./verdict.ts";

/** What is known of a deletion that is not over. */
export interface Deletion {
  /** How long ago it was asked for. */
  readonly seconds: number;
  /** Since when nothing has happened to the RayJob. */
  readonly idleSeconds: number;
  /** The operator that serves the RayJob's namespace; `hidden` where it is forbidden to look. */
  readonly operator: OperatorState | "hidden";
}

/** After how many seconds a deletion counts as one that nobody finishes. */
export interface DeletionLimits {
  /** Where there is no operator: an operator that is there takes a few seconds. */
  readonly withoutOperator: number;
  /** Where there is one that is not ready: it may be starting anew. */
  readonly withUnreadyOperator: number;
  /** Where something happens to the RayJob, somebody works on it. */
  readonly idle: number;
}

export const usualLimits: DeletionLimits = { withoutOperator: 30, withUnreadyOperator: 120, idle: 5 };

/** Whether to go on waiting, to do so with a warning, or to give up because nobody will finish the deletion. */
export function prospectOf(
  { seconds, idleSeconds, operator }: Deletion,
  { withoutOperator, withUnreadyOperator, idle }: DeletionLimits,
): "waiting" | "doubtful" | "hopeless" {
  if (operator === "ready" || idleSeconds < idle || seconds < withoutOperator) return "waiting";
  if (operator === "hidden") return "doubtful";
  return operator === "none" || seconds >= withUnreadyOperator ? "hopeless" : "waiting";
}

/** Whether the deletion waits for the KubeRay operator. */
export function needsOperator({ metadata }: RayJob): boolean {
  return metadata.finalizers?.includes(operatorsFinalizer) ?? false;
}

/** What a deletion waits for, in one line. */
export function deletingLineOf({ metadata }: RayJob, subject: string): string {
  const { finalizers = [] } = metadata;
  const waits = finalizers.map((finalizer) => whoRemoves[finalizer] ?? `whoever removes the finalizer ${finalizer}`);
  const line = `${subject} is being deleted`;
  return waits.length > 0 ? `${line}: waiting for ${waits.join(" and ")}` : line;
}

/** Tells that nobody finishes the deletion, or with `hidden` that this may be so, and the ways out. */
export function unfinishedDeletionOf(rayJob: RayJob, subject: string, operator: Deletion["operator"]): string {
  const { namespace, name } = rayJob.metadata;
  const kubectl = `kubectl -n ${quoted(namespace)}`;
  const stop = verdictOf(rayJob.status).ended ? undefined : stopCommandOf(rayJob);
  return [
    `${subject} is being deleted, but its finalizer ${operatorsFinalizer} stays: the KubeRay operator has to remove it, ` +
      `and ${lacks[operator]}`,
    "Bring the operator back, and the deletion ends by itself; then run the same command again. Without an operator, remove " +
      "the finalizer yourself:",
    `  ${kubectl} patch rayjob ${quoted(name)} --type=merge -p '{"metadata":{"finalizers":null}}'`,
    ...(stop
      ? ["Nobody has stopped the Ray job on its cluster then. This does:", `  ${stop}`]
      : [
          "Nobody looks after its RayCluster and pods then. Kubernetes deletes them with the RayJob; what it has left goes with:",
          `  ${kubectl} delete rayclusters,jobs -l ray.io/originated-from-cr-name=${quoted(name)}`,
        ]),
  ].join("\n");
}

const operatorsFinalizer = "ray.io/rayjob-finalizer";

const whoRemoves: Readonly<Record<string, string>> = {
  foregroundDeletion: "its cluster and pods to end",
  [operatorsFinalizer]: "the KubeRay operator to stop the job",
};

const lacks: Readonly<Record<Deletion["operator"], string>> = {
  none: "none is there: the cluster has no Deployment that is labelled as one and serves this namespace",
  notReady: "the one that is there is not ready",
  hidden: "whether one is there is hidden from these credentials, which may not list Deployments",
  ready: "the one that is there has not done so",
};
