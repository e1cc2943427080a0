import { access, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { ClusterError } from "./errors.ts";

export interface LoadedKubeconfig {
  readonly config: KubeConfig;
  /** Where it came from, for messages. */
  readonly source: string;
}

/**
 * The kubeconfig that `given` holds or points to; without it the one that kubectl would use: the files of KUBECONFIG merged
 * (the first to name a thing wins, missing files are skipped), else ~/.kube/config, else the service account of the pod.
 * Throws a `ClusterError` of kind `configuration`.
 */
export async function loadKubeconfig(given: string | undefined): Promise<LoadedKubeconfig> {
  if (given && isNoPath(given))
    throw unreadable("the given kubeconfig is neither YAML nor a path", "Decode it, if it is base64");
  if (given?.trim()) return isContents(given) ? await fromText(given) : await fromFile(expandHome(given.trim()));
  const fromEnvironment = process.env.KUBECONFIG?.split(delimiter).filter(Boolean) ?? [];
  if (fromEnvironment.length > 0) return await fromFiles(fromEnvironment);
  const usual = join(homedir(), ".kube", "config");
  if (await exists(usual)) return await fromFile(usual);
  if (process.env.KUBERNETES_SERVICE_HOST && (await exists(SERVICE_ACCOUNT_TOKEN))) return await fromPod();
  throw unreadable(
    `no kubeconfig was given, KUBECONFIG is not set, there is no ${usual}, and this is not a pod with a service account`,
    "Set KUBECONFIG, or the provider's `kubeconfig`",
  );
}

const SERVICE_ACCOUNT_TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";

function isContents(given: string): boolean {
  return given.trim().startsWith("{") || given.trim().includes("\n");
}

// What is too long to name a file is no path, and must not be quoted as one: it may be an encoded kubeconfig.
function isNoPath(given: string): boolean {
  return !isContents(given) && given.split("/").some((name) => name.trim().length > 255);
}

function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}

async function fromText(text: string): Promise<LoadedKubeconfig> {
  const source = "the given kubeconfig";
  return { config: await parse(text, source), source };
}

async function fromFile(path: string): Promise<LoadedKubeconfig> {
  const source = resolve(path);
  const text = await readFile(source, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT"
      ? unreadable(`there is no file ${source}`, "Correct the path")
      : unreadable(`${source}: ${error.message}`);
  });
  const config = await parse(text, source);
  config.makePathsAbsolute(dirname(source));
  return { config, source };
}

async function fromFiles(paths: readonly string[]): Promise<LoadedKubeconfig> {
  const present: string[] = [];
  for (const path of paths) if (await exists(path)) present.push(path);
  if (present.length === 0)
    throw unreadable(`KUBECONFIG names no file that exists: ${paths.join(delimiter)}`, "Correct it");
  const all = await Promise.all(present.map(fromFile));
  if (all.length === 1 && all[0]) return all[0];
  return {
    config: await merge(all.map(({ config }) => config)),
    source: all.map(({ source }) => source).join(delimiter),
  };
}

/** The library's own merge refuses what kubectl allows: the same name in two files. */
async function merge(configs: readonly KubeConfig[]): Promise<KubeConfig> {
  const merged = await emptyConfig();
  merged.loadFromOptions({
    clusters: firstOfEachName(configs.flatMap(({ clusters }) => clusters)),
    contexts: firstOfEachName(configs.flatMap(({ contexts }) => contexts)),
    users: firstOfEachName(configs.flatMap(({ users }) => users)),
    currentContext: configs.map(({ currentContext }) => currentContext).find(Boolean),
  });
  return merged;
}

function firstOfEachName<T extends { readonly name: string }>(entries: readonly T[]): T[] {
  return entries.filter((entry, index) => entries.findIndex(({ name }) => name === entry.name) === index);
}

async function fromPod(): Promise<LoadedKubeconfig> {
  const config = await emptyConfig();
  config.loadFromCluster();
  return { config, source: "the pod's service account" };
}

async function parse(text: string, source: string): Promise<KubeConfig> {
  const config = await emptyConfig();
  try {
    config.loadFromString(text, { onInvalidEntry: "filter" });
  } catch (error) {
    throw unreadable(`${source} is not YAML${placeOf(error)}`);
  }
  if (config.clusters.length + config.contexts.length + config.users.length === 0) {
    throw unreadable(`${source} is not a kubeconfig: it has no clusters, contexts or users`, "Name another file");
  }
  // The library refuses plain HTTP, such as `kubectl proxy` speaks, unless told that certificates do not matter.
  config.clusters = config.clusters.map((cluster) =>
    cluster.server.startsWith("http:") ? { ...cluster, skipTLSVerify: true } : cluster,
  );
  return config;
}

/** Loaded at the first use: it costs half a second. */
async function emptyConfig(): Promise<KubeConfig> {
  const { KubeConfig } = await import("@kubernetes/client-node/dist/config.js");
  return new KubeConfig();
}

/** Line and reason only: the parser's message quotes the text around, which may be a token. */
function placeOf(error: unknown): string {
  const { reason, mark } = Object(error) as { reason?: unknown; mark?: { line?: unknown } };
  const line = typeof mark?.line === "number" ? ` at line ${mark.line + 1}` : "";
  return `${line}${typeof reason === "string" ? ` (${reason})` : ""}`;
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

function unreadable(reason: string, hint?: string): ClusterError {
  return new ClusterError("configuration", `Cannot read kubeconfig: ${reason}`, { hint });
}
