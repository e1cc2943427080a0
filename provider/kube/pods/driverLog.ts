import { driverLinesOf } from "../../job/driverLines.ts";
import { printedLines } from "../../job/message.ts";
import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { requestText } from "../connection/request.ts";
import { corePath } from "../paths.ts";
import { subjectOf } from "../subject.ts";
import { listPods, type Pod } from "./pods.ts";

/**
 * The last lines that the job's driver printed, oldest first, without colours and cursor movements. They are in the newest
 * pod of the submitter, or beside the head in SidecarMode; in the other modes Kubernetes does not have them. None for a log
 * that cannot be read: throws nothing.
 */
export async function driverLogTail(connection: Connection, rayJob: RayJob, lines: number): Promise<readonly string[]> {
  const place = placeOf(rayJob);
  if (place === undefined) return [];
  try {
    const [pod] = await listPods(connection, rayJob.metadata.namespace, place.selector);
    if (!pod) return [];
    const log = await readLog(connection, pod, place.container, lines + MOST_TALK);
    return driverLinesOf(printedLines(log)).slice(-lines);
  } catch (error) {
    if (isClusterError(error)) return [];
    throw error;
  }
}

// What Ray's client says around the driver's lines; of a failed job it repeats the last ten of them.
const MOST_TALK = 40;

interface Place {
  readonly selector: string;
  /** The first one if it has no particular name. */
  readonly container?: string;
}

function placeOf({ metadata: { name }, spec, status }: RayJob): Place | undefined {
  const mode = String(spec.submissionMode ?? "K8sJobMode");
  if (mode === "K8sJobMode") return { selector: `job-name=${name}` };
  if (mode !== "SidecarMode" || !status?.rayClusterName) return undefined;
  const selector = `ray.io/cluster=${status.rayClusterName},ray.io/node-type=head`;
  return { selector, container: "ray-job-submitter" };
}

async function readLog(
  connection: Connection,
  pod: Pod,
  container: string | undefined,
  tailLines: number,
): Promise<string> {
  const { namespace, name } = pod.metadata;
  return await requestText(connection, {
    action: "read the log of",
    subject: podSubject(pod),
    path: `${corePath(namespace, "pods", name)}/log`,
    query: { container: container ?? pod.spec?.containers[0]?.name, tailLines },
    // A log that can be read can be read at once, and the caller has better to do than to insist.
    retry: false,
  });
}

function podSubject({ metadata: { namespace, name } }: Pod): string {
  return subjectOf("Pod", namespace, name);
}
