import type { RayJob } from "../../job/rayJob.ts";
import { lineOf } from "../../job/report.ts";
import type { Connection } from "../../kube/connection/connect.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import type { Context } from "../../server/customResource.ts";
import { deletionTimeoutSeconds, within } from "../../server/timeout.ts";
import { deleteJob } from "./deleteJob.ts";

/** Deletes what an earlier deployment has left, says so on the row, and waits until it is gone. */
export async function clearAway(
  { metadata }: RayJob,
  connection: Connection,
  { log, signal }: Pick<Context, "log" | "signal">,
): Promise<void> {
  log.status(lineOf({ kind: "clearing", subject: rayJobSubject(metadata) }));
  await within({ seconds: deletionTimeoutSeconds, setting: "customTimeouts" }, signal, (limited) =>
    deleteJob(connection, metadata, { log, signal: limited }),
  );
}
