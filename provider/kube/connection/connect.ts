import { homedir } from "node:os";
import { Connection } from "./connection.ts";
import { ClusterError } from "./errors.ts";
import { type LoadedKubeconfig, loadKubeconfig } from "./kubeconfig.ts";

export type { Connection } from "./connection.ts";

export interface ClusterConfiguration {
  /** A kubeconfig's contents or its path; without it KUBECONFIG, ~/.kube/config and the pod's service account are tried. */
  readonly kubeconfig?: string | undefined;
  /** Instead of the kubeconfig's current context. */
  readonly context?: string | undefined;
}

/**
 * The connection for a configuration; nothing is sent yet. A process has one for each configuration, so that its
 * resources share sockets, credentials and watches.
 * Throws a `ClusterError` of kind `configuration` that says what is wrong with the kubeconfig.
 */
export function connect(configuration: ClusterConfiguration = {}): Promise<Connection> {
  const key = JSON.stringify([configuration.kubeconfig, configuration.context, process.env.KUBECONFIG, homedir()]);
  const known = connections.get(key);
  if (known !== undefined) return known;
  const made = makeConnection(configuration);
  connections.set(key, made);
  made.catch(() => connections.delete(key));
  return made;
}

const connections = new Map<string, Promise<Connection>>();

async function makeConnection(configuration: ClusterConfiguration): Promise<Connection> {
  const loaded = await load(configuration);
  // Renewing must not follow a current context that was switched meanwhile.
  const context = loaded.config.getCurrentContext();
  return new Connection(loaded.config, async () => (await load({ ...configuration, context })).config);
}

async function load({ kubeconfig, context }: ClusterConfiguration): Promise<LoadedKubeconfig> {
  const loaded = await loadKubeconfig(kubeconfig);
  if (context) loaded.config.setCurrentContext(context);
  checkContext(loaded, context);
  return loaded;
}

function checkContext({ config, source }: LoadedKubeconfig, wanted: string | undefined): void {
  const name = config.getCurrentContext();
  if (!name) throw misconfigured(`${source} has no current context`, choiceOf(config));
  const context = config.getContexts().find((candidate) => candidate.name === name);
  if (!context) {
    const what = wanted ? `context "${name}"` : `current context "${name}"`;
    throw misconfigured(`there is no ${what} in ${source}`, choiceOf(config));
  }
  if (!config.getCluster(context.cluster)?.server) {
    const what = `context "${name}" names the cluster "${context.cluster}", which ${source} does not describe`;
    throw misconfigured(what, "Add it there");
  }
  if (context.user && !config.getUser(context.user)) {
    const what = `context "${name}" names the user "${context.user}", which ${source} does not describe`;
    throw misconfigured(what, "Add it there");
  }
}

function choiceOf(config: LoadedKubeconfig["config"]): string {
  const names = config.getContexts().map(({ name }) => `"${name}"`);
  return `Set \`context\` to one of ${names.length > 0 ? names.join(", ") : "none"}`;
}

function misconfigured(reason: string, hint: string): ClusterError {
  return new ClusterError("configuration", `Cannot choose a cluster: ${reason}`, { hint });
}
