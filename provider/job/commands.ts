import { isList, isPropertyMap, type PropertyMap, UNKNOWN, type Value, valueAt } from "../values/value.ts";
import { isGiven } from "./defaults.ts";
import { clusterSelectorOf } from "./meaning.ts";
import type { RayJob, RayJobStatus } from "./rayJob.ts";

/** A text, or unknown as long as what it is made from is, or undefined when there is none. */
export type Text = string | typeof UNKNOWN | undefined;

/**
 * The command that prints the driver's log. In `K8sJobMode` it reads one of possibly several submitter pods (Kubernetes
 * retries the submission); in `HTTPMode` and `InteractiveMode` it asks Ray, and works while the cluster exists.
 */
export function logsCommandOf(inputs: PropertyMap): Text {
  return withKnown([inputs.name, inputs.namespace, inputs.submissionMode ?? "K8sJobMode"], (name, namespace, mode) => {
    const kubectl = `kubectl -n ${quoted(namespace)}`;
    const statusField = (field: string) =>
      `"$(${kubectl} get rayjob ${quoted(name)} -o jsonpath='{.status.${field}}')"`;
    switch (mode) {
      case "K8sJobMode":
        return `${kubectl} logs ${quoted(`job/${name}`)}`;
      case "SidecarMode":
        return `${kubectl} logs -l ray.io/node-type=head,ray.io/cluster=${statusField("rayClusterName")} -c ray-job-submitter --tail=-1`;
      default:
        return withKnown(
          [headServiceOf(inputs)],
          (service) =>
            `${kubectl} exec ${quoted(`svc/${service}`)} -- ray job logs --address http://127.0.0.1:${dashboardPortOf(inputs)} ${statusField("jobId")}`,
        );
    }
  });
}

/** What to type to see more of a job that has failed, or does not get on: nothing that could only say "not found". */
export function inquiriesOf(inputs: PropertyMap, { metadata: { namespace, name }, status = {} }: Subject): string[] {
  const kubectl = `kubectl -n ${quoted(namespace)}`;
  const logsCommand = logsCommandOf({ ...inputs, namespace, name });
  // KubeRay writes the dashboard's address when the cluster is up, and submits only then.
  const mayHaveLog = status.dashboardURL !== undefined && typeof logsCommand === "string";
  // A spec that KubeRay refuses may have a name for its cluster, and no pods.
  const mayHavePods = status.rayClusterName !== undefined && status.jobDeploymentStatus !== "ValidationFailed";
  const podsMatter = mayHavePods && !status.jobStatus;
  return [
    ...(mayHaveLog ? [logsCommand] : []),
    ...(podsMatter ? [`${kubectl} describe pods -l ray.io/cluster=${quoted(status.rayClusterName)}`] : []),
    `${kubectl} describe rayjob ${quoted(name)}`,
  ];
}

interface Subject {
  readonly metadata: Pick<RayJob["metadata"], "namespace" | "name">;
  readonly status?: RayJobStatus;
}

/** The command that stops the job on an existing cluster, which nothing else ends; none for a job that has its own. */
export function stopCommandOf({ metadata: { namespace, name }, spec, status = {} }: RayJob): string | undefined {
  const service = headServiceOf({ ...spec, name });
  if (!isGiven(clusterSelectorOf(spec)) || typeof service !== "string" || !status.jobId) return undefined;
  const ray = `ray job stop --address http://127.0.0.1:${dashboardPortOf(spec)} ${quoted(status.jobId)}`;
  return `kubectl -n ${quoted(namespace)} exec ${quoted(`svc/${service}`)} -- ${ray}`;
}

/** The command that makes Ray's dashboard reachable at localhost. */
export function portForwardCommandOf(inputs: PropertyMap): Text {
  const port = dashboardPortOf(inputs);
  return withKnown(
    [inputs.namespace, headServiceOf(inputs)],
    (namespace, service) => `kubectl -n ${quoted(namespace)} port-forward ${quoted(`svc/${service}`)} ${port}:${port}`,
  );
}

/**
 * Ray's dashboard, as reachable from inside the Kubernetes cluster. The name is that of the service that KubeRay keeps
 * pointed at the job's cluster, across retries (since KubeRay 1.5); on an existing cluster that cluster's own.
 */
export function dashboardUrlOf(inputs: PropertyMap): Text {
  return withKnown(
    [inputs.namespace, headServiceOf(inputs)],
    (namespace, service) => `http://${service}.${namespace}.svc.cluster.local:${dashboardPortOf(inputs)}`,
  );
}

function headServiceOf(inputs: PropertyMap): Text {
  const selector = clusterSelectorOf(inputs);
  const cluster = isPropertyMap(selector) ? selector["ray.io/cluster"] : selector;
  return withKnown([cluster || inputs.name], (owner) => `${owner}-head-svc`);
}

/** The port called `dashboard` of the head's first container; KubeRay's default where it names no ports. */
function dashboardPortOf({ rayClusterSpec }: PropertyMap): number {
  const container = valueAt(rayClusterSpec, ["headGroupSpec", "template", "spec", "containers", 0]);
  const ports = valueAt(container, ["ports"]);
  const dashboard = isList(ports) ? ports.find((port) => valueAt(port, ["name"]) === "dashboard") : undefined;
  const port = valueAt(dashboard, ["containerPort"]);
  return typeof port === "number" ? port : 8265;
}

function withKnown(parts: readonly (Value | undefined)[], use: (...texts: [string, string, string]) => Text): Text {
  if (parts.includes(UNKNOWN)) return UNKNOWN;
  return parts.every((part) => typeof part === "string") ? use(...(parts as [string, string, string])) : undefined;
}

/** The text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
