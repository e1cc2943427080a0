import { isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../values/value.ts";
import type { RayJobArgs } from "./args.ts";
import { dashboardUrlOf, logsCommandOf, portForwardCommandOf } from "./commands.ts";
import { isGiven } from "./defaults.ts";
import { withoutEnvironmentValues } from "./environment.ts";
import { meaningOf } from "./meaning.ts";
import { jobMessageOf } from "./message.ts";
import type { RayJob, RayJobStatus } from "./rayJob.ts";
import { phaseOf, verdictOf } from "./verdict.ts";

/** The outputs of a `RayJob`: its arguments, and its run. */
export interface RayJobOutputs extends Omit<RayJobArgs, keyof Run>, Run {}

/** One run of a Ray job: what has become of it. What KubeRay has not said (yet) is absent. */
export interface Run {
  /** The RayJob's name on the cluster. */
  readonly name: string;
  /** The namespace that the job runs in. */
  readonly namespace: string;
  /**
   * One word for where the job stands: `Pending`, `Initializing`, `Waiting`, `Submitted`, `Running`, `Finishing`,
   * `Retrying`, `Suspended`, `Succeeded`, `Failed`, `Stopped`, or `Gone` when it was deleted while a deployment waited, and
   * `Cancelled` when `stopOnCancel` has deleted it. As of the last deployment or refresh.
   */
  readonly phase: string;
  /** Ray's word for the job: `PENDING`, `RUNNING`, `SUCCEEDED`, `FAILED` or `STOPPED`. */
  readonly jobStatus?: string;
  /** KubeRay's word for the job: `Initializing`, `Waiting`, `Running`, `Complete`, `Failed`, `ValidationFailed`, `Suspending`, `Suspended` or `Retrying`. */
  readonly jobDeploymentStatus?: string;
  /** Why the job has failed: `AppFailed`, `DeadlineExceeded`, … */
  readonly reason?: string;
  /** What KubeRay or Ray says about the job's state, with the names of environment variables in the place of their values. */
  readonly message?: string;
  /** Ray's submission ID of the job. */
  readonly jobId?: string;
  /** The name of the RayCluster that the job runs on. */
  readonly rayClusterName?: string;
  /** When the current attempt has started, in RFC 3339. */
  readonly startTime?: string;
  /** When the job has ended, in RFC 3339. */
  readonly endTime?: string;
  /** The UID of the RayJob. */
  readonly uid?: string;
  /** The UID of the namespace `kube-system` of the cluster that the RayJob is on. Another cluster is refused. */
  readonly clusterUid?: string;
  /** Ray's dashboard, as reachable from inside the Kubernetes cluster. */
  readonly dashboardUrl: string;
  /** A command that makes the dashboard reachable at localhost. */
  readonly portForwardCommand: string;
  /**
   * A command that prints the driver's log. In `K8sJobMode` it works as long as the RayJob exists; in the other modes the log
   * is on the Ray cluster, and goes with it: after `ttlSecondsAfterFinished`, unless the cluster is kept.
   */
  readonly logsCommand: string;
  /** The URI that the job's code comes from. */
  readonly workingDirUri?: string;
}

type Observed = Exclude<keyof Run, keyof typeof derived | "clusterUid">;

/** The outputs of a RayJob as it is on the cluster. Of one that is not there (any more), only what follows from the arguments. */
export function outputsOf(inputs: PropertyMap, rayJob: RayJob | undefined): PropertyMap {
  return { ...inputs, ...derivedOf(inputs), ...(rayJob && given(map(observed, (read) => read(rayJob)))) };
}

/**
 * The outputs that a preview foretells. What is observed is unknown, except for a job that has ended: an update in place
 * changes nothing about its outcome.
 */
export function previewOutputsOf(inputs: PropertyMap, previous?: PropertyMap): PropertyMap {
  if (previous !== undefined && verdictOf(statusOf(previous)).ended) return rememberedOutputsOf(inputs, previous);
  const foretold: PropertyMap = { ...map(observed, () => UNKNOWN), ...(previous && given({ uid: previous.uid })) };
  const own = given({ jobId: inputs.jobId ?? UNKNOWN, clusterUid: previous ? previous.clusterUid : UNKNOWN });
  return { ...foretold, ...inputs, ...own, ...derivedOf(inputs) };
}

/** The outputs of a RayJob that nobody can look at any more: as it was seen last. */
export function rememberedOutputsOf(inputs: PropertyMap, previous: PropertyMap): PropertyMap {
  const seen = given(map(observed, (_, name) => previous[name]));
  const own = given({ jobId: inputs.jobId ?? seen.jobId, clusterUid: previous.clusterUid });
  return { ...seen, ...inputs, ...own, ...derivedOf(inputs) };
}

/** The status that outputs were made from, as far as they tell. */
export function statusOf(outputs: PropertyMap): RayJobStatus {
  const { jobStatus, jobDeploymentStatus, reason, message, rayClusterName, endTime } = outputs;
  return given({ jobStatus, jobDeploymentStatus, reason, message, rayClusterName, endTime }) as RayJobStatus;
}

// What follows from the arguments, and is known before the job exists.
const derived = {
  name: (inputs) => inputs.name,
  namespace: (inputs) => inputs.namespace,
  dashboardUrl: dashboardUrlOf,
  portForwardCommand: portForwardCommandOf,
  logsCommand: logsCommandOf,
  workingDirUri: workingDirUriOf,
} as const satisfies { readonly [Name in keyof Run]?: (inputs: PropertyMap) => Value | undefined };

// What only the cluster can tell.
const observed = {
  phase: ({ status }) => phaseOf(verdictOf(status)),
  jobStatus: ({ status }) => status?.jobStatus,
  jobDeploymentStatus: ({ status }) => status?.jobDeploymentStatus,
  reason: ({ status }) => verdictOf(status).reason,
  message: ({ spec, status }) => {
    const { brief } = jobMessageOf(status?.message ?? ""); // the log itself does not belong into the state
    return withoutEnvironmentValues(brief, spec);
  },
  jobId: ({ status }) => status?.jobId,
  rayClusterName: ({ status }) => status?.rayClusterName,
  startTime: ({ status }) => status?.startTime,
  endTime: ({ status }) => status?.endTime,
  uid: ({ metadata }) => metadata.uid,
} as const satisfies Record<Observed, (rayJob: RayJob) => Value | undefined>;

/** The names of what a run consists of. */
export const runNames: readonly string[] = [...Object.keys(derived), ...Object.keys(observed), "clusterUid"];

function derivedOf(inputs: PropertyMap): PropertyMap {
  return given(map(derived, (derive) => derive(inputs)));
}

function workingDirUriOf(inputs: PropertyMap): Value | undefined {
  const { runtimeEnv } = meaningOf({ runtimeEnv: inputs.runtimeEnv, runtimeEnvYAML: inputs.runtimeEnvYAML });
  return isPropertyMap(runtimeEnv) ? runtimeEnv.working_dir : runtimeEnv === UNKNOWN ? UNKNOWN : undefined;
}

function map<Name extends string, From>(
  from: Readonly<Record<Name, From>>,
  each: (value: From, name: Name) => Value | undefined,
): PropertyMap {
  return Object.fromEntries(Object.entries<From>(from).map(([name, value]) => [name, each(value, name as Name)]));
}

function given(properties: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => isGiven(value)));
}
