import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { acceptanceOf } from "../../provider/crds/acceptance.ts";
import type { Crd } from "../../provider/crds/crd.ts";
import { isClusterError } from "../../provider/kube/connection/errors.ts";
import { cacheFolder } from "./cacheFolder.ts";
import type { EmptyApiServer } from "./emptyApiServer.ts";
import { until } from "./until.ts";

/** The folder with KubeRay's CRDs of a version, as they were released. */
export function releasedCrds(version: "1.5.1" | "1.6.2"): string {
  return join(cacheFolder(), "kuberay", version, "crd");
}

/** What a test does to KubeRay's CRDs behind Pulumi's back. */
export class Crds {
  readonly #server: EmptyApiServer;

  constructor(server: EmptyApiServer) {
    this.#server = server;
  }

  /** The names of KubeRay's CRDs on the cluster. */
  async names(): Promise<string[]> {
    return (await this.#all()).map(({ metadata }) => metadata.name).sort();
  }

  async read(name: string): Promise<Crd> {
    return this.#server.send<Crd>("GET", pathOf(name));
  }

  /** As `helm install` or `kubectl create` would do it, or a controller under another name. */
  async create(version: "1.5.1" | "1.6.2", fieldManager: string): Promise<void> {
    const folder = releasedCrds(version);
    for (const file of await readdir(folder)) {
      const crd = parse(await readFile(join(folder, file), "utf8"));
      await this.#server.send("POST", collection, crd, { query: { fieldManager } });
    }
    for (const name of await this.names()) await this.#untilServed(name);
  }

  async edit(name: string, patch: object, fieldManager: string): Promise<void> {
    const contentType = "application/merge-patch+json";
    await this.#server.send("PATCH", pathOf(name), patch, { query: { fieldManager }, contentType });
  }

  async delete(name: string): Promise<void> {
    await this.#server.send("DELETE", pathOf(name)).catch(ifFound);
    await until(`the end of ${name}`, async () => !(await this.names()).includes(name));
  }

  async deleteAll(): Promise<void> {
    await Promise.all((await this.names()).map((name) => this.delete(name)));
  }

  async #all(): Promise<readonly Crd[]> {
    const { items } = await this.#server.send<{ items: readonly Crd[] }>("GET", collection);
    return items.filter(({ spec }) => spec.group === "ray.io");
  }

  async #untilServed(name: string): Promise<void> {
    await until(`${name} to be served`, async () => acceptanceOf(await this.read(name)).state === "served");
  }
}

function ifFound(error: unknown): void {
  if (!isClusterError(error, "notFound")) throw error;
}

const collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

function pathOf(name: string): string {
  return `${collection}/${name}`;
}
