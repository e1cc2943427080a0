import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { openSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterRequest } from "../../provider/kube/connection/clusterRequest.ts";
import { connect } from "../../provider/kube/connection/connect.ts";
import type { Connection } from "../../provider/kube/connection/connection.ts";
import { clusterUid } from "../../provider/kube/connection/identity.ts";
import { requestJson } from "../../provider/kube/connection/request.ts";
import { cacheFolder } from "./cacheFolder.ts";
import { until } from "./until.ts";

/**
 * A real API server with a real etcd and nothing in it: no CRDs, no operator, no controllers. For tests of what a cluster
 * has only once, which would get into the way of all others on the sandbox. Takes about five seconds to start.
 */
export class EmptyApiServer {
  /** The kubeconfig file of somebody who may do everything. */
  readonly kubeconfig: string;
  /** That of the user `limited`, who may do nothing but what a test allows. */
  readonly limitedKubeconfig: string;
  readonly #connection: Connection;
  readonly #folder: string;
  readonly #processes: ChildProcess[];
  readonly #ports: readonly [apiServer: number, etcd: number];

  private constructor(
    folder: string,
    connection: Connection,
    processes: ChildProcess[],
    ports: readonly [apiServer: number, etcd: number],
  ) {
    this.kubeconfig = join(folder, "kubeconfig");
    this.limitedKubeconfig = join(folder, "limited");
    this.#connection = connection;
    this.#folder = folder;
    this.#processes = processes;
    this.#ports = ports;
  }

  static async start(): Promise<EmptyApiServer> {
    const folder = await mkdtemp(join(tmpdir(), "rayjob-api-server-"));
    const [port, etcdPort, peerPort] = await freePorts(3);
    await writeKeys(folder);
    const processes = [startEtcd(folder, etcdPort, peerPort), startApiServer(folder, port, etcdPort)];
    await writeKubeconfig(join(folder, "kubeconfig"), port, administrator);
    await writeKubeconfig(join(folder, "limited"), port, limited);
    const connection = await connect({ kubeconfig: join(folder, "kubeconfig") });
    try {
      await until("an API server of the test's own", () => answers(connection, processes, folder), {
        deadlineSeconds: 90,
      });
    } catch (error) {
      stop(processes);
      throw error;
    }
    return new EmptyApiServer(folder, connection, processes, [port, etcdPort]);
  }

  /** Ends the API server at once and starts it again; does something while it is away. */
  async restart(meanwhile: () => Promise<void>): Promise<void> {
    const [etcd, old] = this.#processes as [ChildProcess, ChildProcess];
    const ended = once(old, "exit");
    stop([old]);
    await ended;
    await meanwhile();
    this.#processes[1] = startApiServer(this.#folder, ...this.#ports);
    const processes = [etcd, this.#processes[1]];
    await until("the API server", () => answers(this.#connection, processes, this.#folder), { deadlineSeconds: 90 });
  }

  /** What somebody else asks of the API server, behind Pulumi's back. */
  send<T>(
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
    more: Partial<ClusterRequest> = {},
  ) {
    return requestJson<T>(this.#connection, { action: method, subject: path, method, path, body, ...more });
  }

  async dispose(): Promise<void> {
    const ended = this.#processes.map(
      (child) => child.exitCode === null && child.signalCode === null && once(child, "exit"),
    );
    stop(this.#processes);
    await Promise.all(ended);
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const administrator = randomBytes(16).toString("hex");
const limited = randomBytes(16).toString("hex");

function startEtcd(folder: string, port: number, peerPort: number): ChildProcess {
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  return start(folder, "etcd", [
    "--data-dir",
    join(folder, "etcd"),
    "--unsafe-no-fsync",
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    "--log-level=warn",
  ]);
}

function startApiServer(folder: string, port: number, etcdPort: number): ChildProcess {
  const key = join(folder, "service-accounts.key");
  return start(folder, "kube-apiserver", [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${port}`,
    `--cert-dir=${join(folder, "certificates")}`,
    `--token-auth-file=${join(folder, "tokens.csv")}`,
    "--authorization-mode=RBAC",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    "--service-cluster-ip-range=10.97.0.0/24",
    "--endpoint-reconciler-type=none",
    "--enable-priority-and-fairness=false",
  ]);
}

function start(folder: string, component: string, options: readonly string[]): ChildProcess {
  const log = openSync(logOf(folder, component), "w");
  const command = [join(cacheFolder(), "bin", "kubeall"), component, ...options];
  // So that it ends with the tests, however these end.
  return spawn("setpriv", ["--pdeathsig", "SIGKILL", "--", ...command], { stdio: ["ignore", log, log] });
}

function stop(processes: readonly ChildProcess[]): void {
  for (const child of processes) child.kill("SIGKILL");
}

async function answers(connection: Connection, processes: readonly ChildProcess[], folder: string): Promise<boolean> {
  for (const { exitCode, spawnargs } of processes) {
    const component = spawnargs[5] ?? "";
    if (exitCode !== null)
      throw new Error(`${component} has ended:\n${await readFile(logOf(folder, component), "utf8")}`);
  }
  return clusterUid(connection).then(
    () => true,
    () => false,
  );
}

function logOf(folder: string, component: string): string {
  return join(folder, `${component}.log`);
}

async function writeKeys(folder: string): Promise<void> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  await writeFile(join(folder, "service-accounts.key"), privateKey.export({ type: "pkcs1", format: "pem" }));
  await writeFile(
    join(folder, "tokens.csv"),
    `${administrator},administrator,administrator,"system:masters"\n${limited},limited,limited\n`,
  );
}

async function writeKubeconfig(file: string, port: number, token: string): Promise<void> {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    // The server has made a certificate for itself.
    clusters: [{ name: "empty", cluster: { server: `https://127.0.0.1:${port}`, "insecure-skip-tls-verify": true } }],
    users: [{ name: "user", user: { token } }],
    contexts: [{ name: "empty", context: { cluster: "empty", user: "user" } }],
    "current-context": "empty",
  };
  await writeFile(file, JSON.stringify(config));
}

async function freePorts(count: number): Promise<[number, number, number]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { readonly port: number }).port);
  for (const server of servers) server.close();
  return ports as [number, number, number];
}
