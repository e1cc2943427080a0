import type { RayJob } from "../../job/rayJob.ts";
import { logTailOf } from "../../job/report.ts";
import { verdictOf } from "../../job/verdict.ts";
import type { Connection } from "../connection/connection.ts";
import { driverLogTail } from "./driverLogTail.ts";

/** The end of the log of a failed job's driver, as it is shown beside the failure; undefined if there is none. Throws nothing. */
export async function logTail(connection: Connection, rayJob: RayJob, lines: number): Promise<string | undefined> {
  const read = await driverLogTail(connection, rayJob, lines);
  return logTailOf(verdictOf(rayJob.status), read.join("\n"), lines);
}
