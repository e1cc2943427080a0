import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Connection, connect } from "../../../provider/kube/connection/connect.ts";
import { isClusterError } from "../../../provider/kube/connection/errors.ts";
import { requestJson } from "../../../provider/kube/connection/request.ts";
import { newRig, type Program, type Rig } from "../../support/rig.ts";
import { opsOf, type Run } from "../../support/run.ts";

/** A rig whose programs speak with the sandbox's own kubernetes plug-in, and a namespace of its own on the cluster. */
export class StandIn {
  readonly namespace: string;
  readonly rig: Rig;
  readonly #folder: string;
  readonly #connection: Connection;

  private constructor(namespace: string, rig: Rig, folder: string, connection: Connection) {
    this.namespace = namespace;
    this.rig = rig;
    this.#folder = folder;
    this.#connection = connection;
  }

  static async create(): Promise<StandIn> {
    const connection = await connect();
    const namespace = `standin-${randomBytes(3).toString("hex")}`;
    const folder = await mkdtemp(join(tmpdir(), "rayjob-standin-"));
    await writePlugin(folder);
    const standIn = new StandIn(namespace, await newRig(programOf(folder, {})), folder, connection);
    await standIn.send("POST", "/api/v1/namespaces", { metadata: { name: namespace } });
    return standIn;
  }

  /** Replaces the program that the next run executes. */
  async write(resources: Program["resources"], outputs?: Program["outputs"]): Promise<void> {
    await this.rig.write(programOf(this.#folder, resources, outputs));
  }

  /** An update that fails the test unless it succeeds. */
  async up(): Promise<Run> {
    const run = await this.rig.up();
    assert(run.succeeded, run.text);
    return run;
  }

  /** Asks the API server behind Pulumi's back. */
  async send<T = unknown>(
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
    contentType = method === "PATCH" ? "application/merge-patch+json" : "application/json",
  ): Promise<T> {
    const { pathname, searchParams } = new URL(path, "http://cluster");
    const query = Object.fromEntries(searchParams);
    const request = { action: method.toLowerCase(), subject: path, method, path: pathname, query, body, contentType };
    return await requestJson<T>(this.#connection, request);
  }

  /** An object that may not be there. */
  async find<T = StoredObject>(path: string): Promise<T | undefined> {
    return await this.send<T>("GET", path).catch((error: unknown) => {
      if (isClusterError(error, "notFound")) return undefined;
      throw error;
    });
  }

  pathOf(plural: string, name?: string): string {
    const group = plural === "deployments" ? "/apis/apps/v1" : "/api/v1";
    return [group, "namespaces", this.namespace, plural, name].filter((part) => part !== undefined).join("/");
  }

  async dispose(): Promise<void> {
    await this.rig.dispose();
    await rm(this.#folder, { recursive: true });
    await this.send("DELETE", `/api/v1/namespaces/${this.namespace}`);
  }
}

export interface StoredObject {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
}

const entry = resolve(import.meta.dirname, "../../sandbox/providers/kubernetes/index.ts");

async function writePlugin(folder: string): Promise<void> {
  const executable = join(folder, "pulumi-resource-kubernetes");
  await writeFile(executable, `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`);
  await chmod(executable, 0o755);
}

function programOf(folder: string, resources: Program["resources"], outputs: Program["outputs"] = {}) {
  return { resources, outputs, plugins: { providers: [{ name: "kubernetes", path: folder }] } };
}

/** Fails unless the run has done just this to just these. */
export function assertSteps(run: Run, names: readonly string[], op: string): void {
  assert(run.succeeded, run.text);
  assert.deepEqual(
    opsOf(run).sort(),
    names.map((name) => `${name} ${op}`),
    run.text,
  );
}

/** A new one for each test of the suite, handed to `enter`. */
export function standInForEach(enter: (standIn: StandIn) => void): void {
  let standIn: StandIn;

  beforeEach(async () => {
    standIn = await StandIn.create();
    enter(standIn);
  });

  afterEach(() => standIn.dispose());
}
