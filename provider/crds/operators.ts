/** A Deployment (apps/v1), as far as it is read here. */
export interface Deployment {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly replicas?: number;
    readonly template: { readonly spec: { readonly containers: readonly Container[] } };
  };
  readonly status?: { readonly readyReplicas?: number };
}

interface Container {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}

/** The label by which the operators of the Helm chart and of KubeRay's kustomization are listed, and perhaps others. */
export const operatorSelector = "app.kubernetes.io/name in (kuberay-operator, kuberay)";

/** A KubeRay operator beside the one in question. */
export interface OtherOperator {
  readonly name: string;
  readonly namespace: string;
  /** The namespaces that it serves; undefined for all of the cluster's. */
  readonly serves: readonly string[] | undefined;
}

/** The operators that run outside of these namespaces. */
export function operatorsOutside(namespaces: readonly unknown[], deployments: readonly Deployment[]): OtherOperator[] {
  return deployments
    .filter((deployment) => isOperator(deployment) && isMeantToRun(deployment))
    .filter(({ metadata }) => !namespaces.includes(metadata.namespace))
    .map(({ metadata, spec }) => ({ name: metadata.name, namespace: metadata.namespace, serves: servedBy(spec) }));
}

/** Whether an operator serves a namespace: it is `ready`, or is meant to run but is `notReady`, or there is `none`. */
export type OperatorState = "ready" | "notReady" | "none";

/** The state of whichever operator serves the namespace. */
export function operatorStateFor(namespace: string, deployments: readonly Deployment[]): OperatorState {
  const serving = deployments
    .filter((deployment) => isOperator(deployment) && isMeantToRun(deployment))
    .filter(({ spec }) => servedBy(spec)?.includes(namespace) ?? true);
  if (serving.some(({ status }) => (status?.readyReplicas ?? 0) > 0)) return "ready";
  return serving.length > 0 ? "notReady" : "none";
}

function isOperator({ metadata: { labels = {} } }: Deployment): boolean {
  const isOfChart = labels["app.kubernetes.io/name"] === "kuberay-operator";
  return isOfChart || labels["app.kubernetes.io/component"] === "kuberay-operator";
}

function isMeantToRun({ metadata, spec }: Deployment): boolean {
  return metadata.deletionTimestamp === undefined && spec.replicas !== 0;
}

function servedBy({ template }: Deployment["spec"]): readonly string[] | undefined {
  const words = template.spec.containers.flatMap(({ command = [], args = [] }) => [...command, ...args]);
  const at = words.findIndex((word) => /^--?watch-namespace(=|$)/.test(word));
  if (at === -1) return undefined;
  const [, inSameWord] = words[at]?.split("=") ?? [];
  const namespaces = (inSameWord ?? words[at + 1] ?? "").split(",").filter(Boolean);
  return namespaces.length > 0 ? namespaces : undefined;
}
