import type { RayJob } from "../../provider/job/rayJob.ts";
import { Crds } from "./crds.ts";
import { EmptyApiServer } from "./emptyApiServer.ts";
import { ObjectStore } from "./objectStore.ts";
import { until } from "./until.ts";

/** A cluster that has KubeRay's CRDs, and an object store without TLS beside it. Nobody runs anything there. */
export class IdleCluster {
  readonly #server: EmptyApiServer;
  readonly #store: ObjectStore;

  private constructor(server: EmptyApiServer, store: ObjectStore) {
    this.#server = server;
    this.#store = store;
  }

  static async start(): Promise<IdleCluster> {
    const [server, store] = await Promise.all([EmptyApiServer.start(), ObjectStore.start()]);
    await new Crds(server).create("1.6.2", "somebody");
    await server.send("POST", "/apis/storage.k8s.io/v1/storageclasses", storageClass);
    return new IdleCluster(server, store);
  }

  /** What a program's environment has, so that it works there. */
  get environment() {
    return {
      KUBECONFIG: this.#server.kubeconfig,
      AWS_ENDPOINT_URL: this.#store.endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
  }

  /** The namespace's RayJob, as soon as there is one. */
  rayJobIn(namespace: string): Promise<RayJob> {
    return until("the RayJob", async () => {
      const path = rayJobsIn(namespace);
      const { items } = await this.#server.send<{ readonly items: readonly RayJob[] }>("GET", path);
      return items[0];
    });
  }

  /** Says of the RayJob what KubeRay's operator would say at the end. */
  async succeed({ metadata: { namespace, name } }: RayJob): Promise<void> {
    const status = { jobDeploymentStatus: "Complete", jobStatus: "SUCCEEDED", succeeded: 1 };
    const contentType = "application/merge-patch+json";
    await this.#server.send("PATCH", `${rayJobsIn(namespace)}/${name}/status`, { status }, { contentType });
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#server.dispose(), this.#store.dispose()]);
  }
}

function rayJobsIn(namespace: string): string {
  return `/apis/ray.io/v1/namespaces/${namespace}/rayjobs`;
}

// Nobody is there to bind a claim, either.
const storageClass = {
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "it", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
  provisioner: "nobody",
  volumeBindingMode: "WaitForFirstConsumer",
};
