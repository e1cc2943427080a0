import { randomBytes } from "node:crypto";
import {
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  PatchStrategy,
  RbacAuthorizationV1Api,
  setHeaderOptions,
  type V1Pod,
  type V1PolicyRule,
} from "@kubernetes/client-node";
import type { RayJob, RayJobStatus } from "../../provider/job/rayJob.ts";
import { until } from "./until.ts";

/** A namespace of the test's own on the cluster that KUBECONFIG names, and what a test does in it behind Pulumi's back. */
export class TestNamespace {
  readonly name: string;
  readonly #core: CoreV1Api;
  readonly #rbac: RbacAuthorizationV1Api;
  readonly #custom: CustomObjectsApi;

  private constructor(name: string, config: KubeConfig) {
    this.name = name;
    this.#core = config.makeApiClient(CoreV1Api);
    this.#rbac = config.makeApiClient(RbacAuthorizationV1Api);
    this.#custom = config.makeApiClient(CustomObjectsApi);
  }

  static async create(prefix: string): Promise<TestNamespace> {
    const namespace = new TestNamespace(`${prefix}-${randomBytes(3).toString("hex")}`, kubeConfig());
    await namespace.#core.createNamespace({ body: { metadata: { name: namespace.name } } });
    return namespace;
  }

  async dispose(): Promise<void> {
    for (const { metadata } of await this.rayJobs()) await this.release(metadata.name);
    await this.#core.deleteNamespace({ name: this.name });
    const inKubeSystem = { namespace: "kube-system", name: this.name };
    await this.#rbac.deleteNamespacedRoleBinding(inKubeSystem).catch(ifFound);
    await this.#rbac.deleteNamespacedRole(inKubeSystem).catch(ifFound);
  }

  async rayJobs(): Promise<RayJob[]> {
    const list = await this.#custom.listNamespacedCustomObject(this.#plural);
    return list.items as RayJob[];
  }

  async uids(): Promise<string[]> {
    return (await this.rayJobs()).map(({ metadata }) => metadata.uid);
  }

  async rayJob(name: string): Promise<RayJob> {
    return this.#custom.getNamespacedCustomObject({ ...this.#plural, name }) as Promise<RayJob>;
  }

  /** Plays the operator: says what has become of the RayJob, if need be of none but the one that has this UID. */
  async report(name: string, status: RayJobStatus, uid?: string): Promise<void> {
    await this.#custom.patchNamespacedCustomObjectStatus(
      { ...this.#plural, name, body: { ...(uid && { metadata: { uid } }), status } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
  }

  async edit(name: string, patch: object): Promise<void> {
    await this.#custom.patchNamespacedCustomObject(
      { ...this.#plural, name, body: patch },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
  }

  async createRayJob(body: object): Promise<RayJob> {
    return this.#custom.createNamespacedCustomObject({ ...this.#plural, body }) as Promise<RayJob>;
  }

  /** What the Secrets of the namespace hold. */
  async secrets(): Promise<Record<string, string>[]> {
    const { items } = await this.#core.listNamespacedSecret({ namespace: this.name });
    return items.map(({ data = {} }) =>
      Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString()])),
    );
  }

  /** What the API server would make of a RayJob. An unknown field is an error. */
  async dryRun(body: object): Promise<RayJob> {
    const options = { ...this.#plural, body, dryRun: "All", fieldValidation: "Strict" };
    return this.#custom.createNamespacedCustomObject(options) as Promise<RayJob>;
  }

  async delete(name: string): Promise<void> {
    await this.#custom.deleteNamespacedCustomObject({ ...this.#plural, name });
  }

  /** Takes the finalizers off and deletes. */
  async release(name: string): Promise<void> {
    await this.edit(name, { metadata: { finalizers: null } });
    await this.delete(name).catch(ifFound);
  }

  async pods(labelSelector = ""): Promise<V1Pod[]> {
    const { items } = await this.#core.listNamespacedPod({ namespace: this.name, labelSelector });
    return items;
  }

  async podNames(labelSelector = ""): Promise<string[]> {
    return (await this.pods(labelSelector)).map((pod) => pod.metadata?.name ?? "").sort();
  }

  async untilNoPods(labelSelector: string): Promise<void> {
    await until(`the end of the pods ${labelSelector}`, async () => (await this.pods(labelSelector)).length === 0);
  }

  /** What there is in the namespace, what it has printed last, and what has happened there: for a test that has failed. */
  async describe(): Promise<string> {
    const { items: events } = await this.#core.listNamespacedEvent({ namespace: this.name });
    return [
      `In the namespace ${this.name}:`,
      ...(await this.rayJobs()).map(({ metadata, status }) => {
        const { rayClusterStatus: _, ...told } = status ?? {};
        return `RayJob ${metadata.name} ${JSON.stringify(told)}`;
      }),
      ...(await Promise.all((await this.pods()).map((pod) => this.#describePod(pod)))).flat(),
      ...events.map(({ type, reason, involvedObject: { kind, name }, message }) =>
        ["Event", type, reason, kind, name, message].join(" "),
      ),
    ].join("\n  ");
  }

  async #describePod({ metadata, spec, status }: V1Pod): Promise<string[]> {
    const name = metadata?.name ?? "";
    const described = (spec?.containers ?? []).map(async ({ name: container }) => {
      const state = status?.containerStatuses?.find((each) => each.name === container)?.state;
      const log = await this.#core
        .readNamespacedPodLog({ namespace: this.name, name, container, tailLines: 10 })
        .catch(({ body, message }: { readonly body?: string; readonly message: string }) => body ?? message);
      return [`  ${container} ${JSON.stringify(state)}`, ...log.trimEnd().replaceAll(/^/gm, "    ").split("\n")];
    });
    return [`Pod ${name} ${status?.phase}`, ...(await Promise.all(described)).flat()];
  }

  /** The first RayJob for which the condition holds, as soon as there is one. */
  async until(condition: (rayJob: RayJob) => boolean): Promise<RayJob> {
    const look = async () => (await this.rayJobs()).find(condition);
    return until(`a RayJob in ${this.name}`, look, { everyMilliseconds: 50 });
  }

  /**
   * A kubeconfig of a new service account that may do just this: `rules` in the namespace, and with `knowsCluster` read the
   * namespace kube-system.
   */
  async kubeconfigOf(name: string, rules: V1PolicyRule[], { knowsCluster }: { readonly knowsCluster: boolean }) {
    const account = { name, namespace: this.name };
    const roleRef = (kind: string, role: string) => ({ apiGroup: "rbac.authorization.k8s.io", kind, name: role });
    const subjects = [{ kind: "ServiceAccount", ...account }];
    await this.#core.createNamespacedServiceAccount({ namespace: this.name, body: { metadata: account } });
    await this.#rbac.createNamespacedRole({ namespace: this.name, body: { metadata: account, rules } });
    const binding = { metadata: account, roleRef: roleRef("Role", name), subjects };
    await this.#rbac.createNamespacedRoleBinding({ namespace: this.name, body: binding });
    if (knowsCluster) {
      const metadata = { name: this.name };
      const here = { namespace: "kube-system" };
      await this.#rbac.createNamespacedRole({ ...here, body: { metadata, rules: [readKubeSystem] } });
      const body = { metadata, roleRef: roleRef("Role", this.name), subjects };
      await this.#rbac.createNamespacedRoleBinding({ ...here, body });
    }
    const body = { spec: { audiences: [] } };
    const { status } = await this.#core.createNamespacedServiceAccountToken({ ...account, body });
    const cluster = kubeConfig().getCurrentCluster();
    return JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "it", cluster: { server: cluster?.server, "certificate-authority-data": cluster?.caData } }],
      users: [{ name, user: { token: status?.token } }],
      contexts: [{ name: "it", context: { cluster: "it", user: name } }],
      "current-context": "it",
    });
  }

  get #plural() {
    return { group: "ray.io", version: "v1", namespace: this.name, plural: "rayjobs" };
  }
}

const readKubeSystem = { apiGroups: [""], resources: ["namespaces"], resourceNames: ["kube-system"], verbs: ["get"] };

function ifFound(error: { readonly code?: number }): void {
  if (error.code !== 404) throw error;
}

/** The kubeconfig that the environment names: tests never guess a cluster. */
export function kubeConfig(): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigFile());
  return config;
}

export function kubeconfigFile(): string {
  const { KUBECONFIG } = process.env;
  if (!KUBECONFIG) throw new Error("KUBECONFIG is not set: `make test` starts a cluster and sets it");
  return KUBECONFIG;
}
