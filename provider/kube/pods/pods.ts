import type { Connection } from "../connection/connection.ts";
import { requestJson } from "../connection/request.ts";
import { corePath } from "../paths.ts";
import { subjectOf } from "../subject.ts";

/** A pod, as far as it is read here (core/v1). */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid?: string;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly containers: readonly { readonly name: string; readonly image?: string }[];
    readonly initContainers?: readonly { readonly name: string; readonly restartPolicy?: string }[];
    readonly volumes?: readonly { readonly persistentVolumeClaim?: { readonly claimName: string } }[];
  };
  readonly status?: PodStatus;
}

export interface PodStatus {
  readonly phase?: string;
  readonly conditions?: readonly PodCondition[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

export interface PodCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly image?: string;
  readonly state?: {
    readonly running?: object;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: { readonly exitCode: number; readonly reason?: string; readonly message?: string };
  };
  readonly lastState?: ContainerStatus["state"];
}

/** The pods with these labels, newest first. Throws a `ClusterError`. */
export async function listPods(
  connection: Connection,
  namespace: string,
  labelSelector: string,
  signal?: AbortSignal,
): Promise<Pod[]> {
  const { items } = await requestJson<{ readonly items: readonly Pod[] }>(connection, {
    action: "list",
    subject: subjectOf("Pod", namespace),
    path: corePath(namespace, "pods"),
    query: { labelSelector },
    signal,
  });
  return newestFirst(items);
}

/** The pods whose label is one of the values. Throws a `ClusterError`. */
export async function listPodsWith(
  connection: Connection,
  namespace: string,
  label: string,
  values: readonly string[],
): Promise<Pod[]> {
  const lists: Promise<Pod[]>[] = [];
  for (let start = 0; start < values.length; start += MOST_VALUES) {
    const some = values.slice(start, start + MOST_VALUES);
    lists.push(listPods(connection, namespace, `${label} in (${some.join(",")})`));
  }
  return (await Promise.all(lists)).flat();
}

/** The same pods, the one that was made last before the others. */
export function newestFirst(pods: readonly Pod[]): Pod[] {
  return pods.toSorted((a, b) => b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp));
}

// Gateways refuse addresses of more than 8 kB, and a name may have 63 characters.
const MOST_VALUES = 100;
