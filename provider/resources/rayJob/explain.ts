import { staysFailed } from "../../job/announcement.ts";
import { inquiriesOf } from "../../job/commands.ts";
import { withoutEnvironmentValues } from "../../job/environment.ts";
import type { RayJob } from "../../job/rayJob.ts";
import { remainsOf } from "../../job/remains.ts";
import { failureOf, goneOf, textOf, unfinishedOf } from "../../job/report.ts";
import { type Verdict, verdictOf } from "../../job/verdict.ts";
import { pendingCause } from "../../kube/pods/pendingCause.ts";
import type { RayJobIdentity } from "../../kube/rayJobs/patchRayJob.ts";
import { readRayJob } from "../../kube/rayJobs/readRayJob.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import { messageOf } from "../../values/messageOf.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Cluster } from "../cluster.ts";
import type { Outcome } from "./awaitJob.ts";

type Unfulfilled = Exclude<Outcome, { readonly kind: "reached" }>;

/** Why a wait did not end well. Throws nothing: the state is to hold the job, whatever there is to say of it. */
export async function explain(
  outcome: Unfulfilled,
  inputs: PropertyMap,
  cluster: Pick<Cluster, "connection">,
  outlook?: string,
): Promise<string> {
  return explained(outcome, inputs, cluster, outlook).catch((defect: unknown) => knownOf(outcome, defect));
}

async function explained(
  outcome: Unfulfilled,
  inputs: PropertyMap,
  cluster: Pick<Cluster, "connection">,
  outlook: string | undefined,
): Promise<string> {
  const { rayJob } = outcome;
  const subject = rayJobSubject(rayJob.metadata);
  switch (outcome.kind) {
    case "failed":
      return explainFailure(rayJob, outcome.verdict, inputs, cluster);
    case "gone":
      return textOf(goneOf({ subject, successor: await successorOf(rayJob.metadata, cluster) }));
    case "unfinished": {
      const { because } = outcome;
      const blocker = await blockerOf(rayJob, cluster);
      const commands = inquiriesOf(inputs, rayJob);
      const verdict = saidOf(rayJob, verdictOf(rayJob.status));
      return textOf(unfinishedOf(verdict, { subject, because, blocker, commands, outlook }));
    }
    default:
      return outcome satisfies never;
  }
}

/** What the outcome alone tells. */
function knownOf({ rayJob, ...outcome }: Unfulfilled, defect: unknown): string {
  const subject = rayJobSubject(rayJob.metadata);
  const { message: _, ...verdict } = verdictOf(rayJob.status);
  const outlook = `Internal error: no more can be said (${messageOf(defect)})`;
  if (outcome.kind === "failed") return textOf(failureOf(verdict, { subject, outlook }));
  const because = outcome.kind === "gone" ? "It was deleted before it had ended" : outcome.because;
  return textOf(unfinishedOf(verdict, { subject, because, outlook }));
}

/** The RayJob that bears the name of one that is gone. */
export async function successorOf(
  { namespace, name, uid }: RayJobIdentity,
  { connection }: Pick<Cluster, "connection">,
): Promise<RayJob | undefined> {
  const found = await readRayJob(connection, namespace, name, AbortSignal.timeout(5_000)).catch(() => undefined);
  return found?.metadata.uid === uid ? undefined : found;
}

/** Why the job has failed. */
export async function explainFailure(
  rayJob: RayJob,
  verdict: Verdict,
  inputs: PropertyMap,
  cluster: Pick<Cluster, "connection">,
): Promise<string> {
  return textOf(
    failureOf(saidOf(rayJob, verdict), {
      subject: rayJobSubject(rayJob.metadata),
      submissionMode: rayJob.spec.submissionMode,
      blocker: await blockerOf(rayJob, cluster),
      outlook: outlookOf(rayJob, inputs),
      commands: inquiriesOf(inputs, rayJob),
    }),
  );
}

function outlookOf(rayJob: RayJob, { rerunFailed }: PropertyMap): string {
  const stays = rerunFailed === false ? [`It stays failed: ${staysFailed}`] : [];
  return [remainsOf(rayJob) ?? [], stays].flat().join("\n");
}

function saidOf({ spec }: RayJob, verdict: Verdict): Verdict {
  const { message } = verdict;
  return message ? { ...verdict, message: withoutEnvironmentValues(message, spec) } : verdict;
}

// A job that Ray has heard of has its pods; one that KubeRay refuses never gets any. What is wrong is told without delay
// or not at all.
async function blockerOf(rayJob: RayJob, { connection }: Pick<Cluster, "connection">): Promise<string | undefined> {
  const { rayClusterName, jobStatus } = rayJob.status ?? {};
  if ((!rayClusterName && rayJob.spec.suspend !== true) || jobStatus) return undefined;
  return pendingCause(connection, rayJob, AbortSignal.timeout(5_000)).catch(() => undefined);
}
