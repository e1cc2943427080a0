import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { Crds } from "../../support/crds.ts";
import { EmptyApiServer } from "../../support/emptyApiServer.ts";
import { until } from "../../support/until.ts";
import { succeededStatus } from "../statuses.ts";

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly Rule[];
}

export interface Rule {
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/**
 * The account `deployer` in the namespace `ml` of an API server with KubeRay's CRDs, which may do what has been applied. Jobs
 * succeed there at once, and what is deleted goes: there is neither an operator nor a garbage collector.
 */
export class Deployer {
  readonly server: EmptyApiServer;
  readonly #ending = new AbortController();
  #playing: Promise<void> = Promise.resolve();

  private constructor(server: EmptyApiServer) {
    this.server = server;
  }

  static async start(): Promise<Deployer> {
    const deployer = new Deployer(await EmptyApiServer.start());
    await new Crds(deployer.server).create("1.6.2", "helm");
    await deployer.server.send("POST", "/api/v1/namespaces", { metadata: { name: "ml" } });
    deployer.#playing = deployer.#play();
    return deployer;
  }

  async dispose(): Promise<void> {
    this.#ending.abort();
    await this.#playing;
    await this.server.dispose();
  }

  /** Deletes all jobs that there are. */
  async clear(): Promise<void> {
    await this.server.send("DELETE", rayJobs);
    await until("the end of the jobs", async () => (await this.#itemsOf(rayJobs)).length === 0);
  }

  async apply(manifest: Manifest): Promise<void> {
    await this.server.send("POST", collectionOf(manifest), manifest);
  }

  /** Sets other rules than those that the role was applied with. */
  async setRules(role: Manifest, rules: readonly Rule[]): Promise<void> {
    await this.server.send("PATCH", `${collectionOf(role)}/${role.metadata.name}`, { rules }, { contentType });
  }

  async kubeconfig(): Promise<string> {
    const path = "/api/v1/namespaces/ml/serviceaccounts/deployer/token";
    const { status } = await this.server.send<{ status: { token: string } }>("POST", path, { spec: {} });
    const config = JSON.parse(await readFile(this.server.kubeconfig, "utf8"));
    return JSON.stringify({ ...config, users: [{ name: "user", user: { token: status.token } }] });
  }

  async #play(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      for (const collection of collections) {
        for (const item of await this.#itemsOf(collection)) await this.#goOn(collection, item).catch(unlessGone);
      }
      await pause(100);
    }
  }

  async #itemsOf(collection: string): Promise<Item[]> {
    return (await this.server.send<{ items: Item[] }>("GET", collection)).items;
  }

  async #goOn(collection: string, { metadata: { name, deletionTimestamp }, status }: Item): Promise<void> {
    const path = `${collection}/${name}`;
    if (deletionTimestamp !== undefined) {
      await this.server.send("PATCH", path, { metadata: { finalizers: null } }, { contentType });
    } else if (collection === rayJobs && status?.jobStatus === undefined) {
      await this.server.send("PATCH", `${path}/status`, { status: succeededStatus }, { contentType });
    }
  }
}

type Item = Pick<RayJob, "metadata" | "status">;

const rayJobs = "/apis/ray.io/v1/namespaces/ml/rayjobs";
const collections = [rayJobs, "/api/v1/namespaces/ml/secrets", "/api/v1/namespaces/ml/serviceaccounts"];
const contentType = "application/merge-patch+json";

function collectionOf({ kind, metadata: { namespace } }: Manifest): string {
  const group = kind === "ServiceAccount" ? "/api/v1" : "/apis/rbac.authorization.k8s.io/v1";
  return `${group}${namespace === undefined ? "" : `/namespaces/${namespace}`}/${kind.toLowerCase()}s`;
}

function unlessGone(error: { readonly status?: number }): void {
  if (error.status !== 404) throw error;
}
