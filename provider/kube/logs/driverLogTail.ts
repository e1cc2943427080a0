import { driverLinesOf } from "../../job/driverLines.ts";
import { printedLines } from "../../job/message.ts";
import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { requestText } from "../connection/request.ts";
import { logRequest } from "./containerLog.ts";
import { dashboardLog } from "./dashboardLog.ts";
import { findContainer } from "./findContainer.ts";
import { logPlaceOf } from "./logPlace.ts";

/**
 * The last lines that the job's driver printed, oldest first, without colours and cursor movements. They are in the newest
 * pod of the submitter, or beside the head in SidecarMode; in the other modes Ray's dashboard has them, which takes the
 * permission `get` on `services/proxy`, and a cluster that still exists. None for a log that cannot be read: throws nothing.
 */
export async function driverLogTail(connection: Connection, rayJob: RayJob, lines: number): Promise<readonly string[]> {
  try {
    const log = await readLog(connection, rayJob, lines + MOST_TALK);
    return driverLinesOf(printedLines(log)).slice(-lines);
  } catch {
    return [];
  }
}

// What Ray's client says around the driver's lines; of a failed job it repeats the last ten of them.
const MOST_TALK = 40;

async function readLog(connection: Connection, rayJob: RayJob, tailLines: number): Promise<string> {
  const { namespace } = rayJob.metadata;
  const place = logPlaceOf(rayJob);
  if (place === undefined) return "";
  if (place.kind === "dashboard") return await dashboardLog(connection, { ...place, namespace });
  const found = await findContainer(connection, namespace, place);
  if (found === undefined) return "";
  const { pod, container } = found;
  // A log that can be read can be read at once, and the caller has better to do than to insist.
  return await requestText(connection, { ...logRequest(pod, { container, tailLines }), retry: false });
}
