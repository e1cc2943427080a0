import { randomBytes } from "node:crypto";
import { CoreV1Api, CustomObjectsApi, KubeConfig, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import type { RayJob, RayJobStatus } from "../../provider/job/rayJob.ts";

/** A namespace of the test's own on the cluster that KUBECONFIG names, and what a test does in it behind Pulumi's back. */
export class TestNamespace {
  readonly name: string;
  readonly #core: CoreV1Api;
  readonly #custom: CustomObjectsApi;

  private constructor(name: string, config: KubeConfig) {
    this.name = name;
    this.#core = config.makeApiClient(CoreV1Api);
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
  }

  async rayJobs(): Promise<RayJob[]> {
    const list = await this.#custom.listNamespacedCustomObject(this.#plural);
    return list.items as RayJob[];
  }

  async rayJob(name: string): Promise<RayJob> {
    return this.#custom.getNamespacedCustomObject({ ...this.#plural, name }) as Promise<RayJob>;
  }

  /** Plays the operator: says what has become of the RayJob. */
  async report(name: string, status: RayJobStatus): Promise<void> {
    await this.#custom.patchNamespacedCustomObjectStatus(
      { ...this.#plural, name, body: { status } },
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

  async delete(name: string): Promise<void> {
    await this.#custom.deleteNamespacedCustomObject({ ...this.#plural, name });
  }

  /** Takes the finalizers off and deletes. */
  async release(name: string): Promise<void> {
    await this.edit(name, { metadata: { finalizers: null } });
    await this.delete(name).catch((error: { code?: number }) => {
      if (error.code !== 404) throw error;
    });
  }

  /** The first RayJob for which the condition holds, as soon as there is one. */
  async until(condition: (rayJob: RayJob) => boolean): Promise<RayJob> {
    for (;;) {
      const found = (await this.rayJobs()).find(condition);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** A kubeconfig of a service account that may do nothing. */
  async kubeconfigOfNobody(): Promise<string> {
    const account = { name: "nobody", namespace: this.name };
    await this.#core.createNamespacedServiceAccount({ namespace: this.name, body: { metadata: account } });
    const { status } = await this.#core.createNamespacedServiceAccountToken({
      ...account,
      body: { spec: { audiences: [] } },
    });
    const cluster = kubeConfig().getCurrentCluster();
    return JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "it", cluster: { server: cluster?.server, "certificate-authority-data": cluster?.caData } }],
      users: [{ name: "nobody", user: { token: status?.token } }],
      contexts: [{ name: "it", context: { cluster: "it", user: "nobody" } }],
      "current-context": "it",
    });
  }

  get #plural() {
    return { group: "ray.io", version: "v1", namespace: this.name, plural: "rayjobs" };
  }
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
