import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { RayJob, RayJobManifest, RayJobStatus } from "../../../provider/job/rayJob.ts";
import { connect } from "../../../provider/kube/connection/connect.ts";
import type { Connection } from "../../../provider/kube/connection/connection.ts";
import { isClusterError } from "../../../provider/kube/connection/errors.ts";
import { requestJson } from "../../../provider/kube/connection/request.ts";
import { rayJobPath } from "../../../provider/kube/paths.ts";
import { createRayJob } from "../../../provider/kube/rayJobs/createRayJob.ts";
import { FaultProxy } from "./faultProxy.ts";

/** A namespace of its own on the real cluster that KUBECONFIG names, and a way to it that can be disturbed. */
export interface World {
  readonly namespace: string;
  /** Straight to the cluster. */
  readonly direct: Connection;
  readonly proxy: FaultProxy;
  /** Through the proxy. */
  readonly connection: Connection;
  end(): Promise<void>;
}

export async function world(): Promise<World> {
  const direct = await connect();
  const namespace = `rayjob-kube-${randomBytes(4).toString("hex")}`;
  await send(direct, "POST", "/api/v1/namespaces", { metadata: { name: namespace } });
  const proxy = new FaultProxy(direct);
  const connection = await proxy.connect();
  return { namespace, direct, proxy, connection, end };

  async function end(): Promise<void> {
    await proxy.stop();
    await send(direct, "DELETE", `/api/v1/namespaces/${namespace}`);
  }
}

/** A RayJob that the operator leaves alone, should one be running. */
export function aManifest(namespace: string, name: string, spec: object = {}): RayJobManifest {
  return {
    apiVersion: "ray.io/v1",
    kind: "RayJob",
    metadata: { name, namespace, labels: { test: "kube" }, annotations: {} },
    spec: { entrypoint: "true", managedBy: "kueue.x-k8s.io/multikueue", ...spec },
  };
}

export async function aRayJob({ direct, namespace }: World, name: string, spec: object = {}): Promise<RayJob> {
  return await createRayJob(direct, aManifest(namespace, name, spec));
}

/** Plays the operator's part. */
export async function setStatus({ direct }: World, rayJob: RayJob, status: RayJobStatus): Promise<void> {
  const path = `${rayJobPath(rayJob.metadata)}/status`;
  await send(direct, "PATCH", path, { status }, "application/merge-patch+json");
}

/** Adds or, with an empty list, removes whatever holds up the deletion. */
export async function setFinalizers({ direct }: World, rayJob: RayJob, finalizers: readonly string[]): Promise<void> {
  await send(
    direct,
    "PATCH",
    rayJobPath(rayJob.metadata),
    { metadata: { finalizers } },
    "application/merge-patch+json",
  );
}

export async function removeRayJob({ direct }: World, rayJob: RayJob): Promise<void> {
  await send(direct, "DELETE", rayJobPath(rayJob.metadata));
}

export async function send<T>(
  connection: Connection,
  method: "POST" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  contentType = "application/json",
): Promise<T> {
  return await requestJson<T>(connection, {
    action: method.toLowerCase(),
    subject: path,
    method,
    path,
    body,
    contentType,
  });
}

/** A new namespace on a whole cluster gets its default service account only after a moment. */
export async function onceThereIsAServiceAccount(create: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await create();
      return;
    } catch (error) {
      if (tries > 300 || !isClusterError(error, "forbidden")) throw error;
      await sleep(20);
    }
  }
}

/** Creation times have whole seconds. */
export async function nextSecond(): Promise<void> {
  const second = Math.floor(Date.now() / 1000);
  while (Math.floor(Date.now() / 1000) === second) await sleep(20);
}

/** Waits until the condition holds. The deadline is only there for tests that fail. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 3_000) assert.fail(`waited in vain until ${what}`);
    await sleep(10);
  }
}
