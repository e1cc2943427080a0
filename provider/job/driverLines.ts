/**
 * What the driver itself has printed, out of the log of the pod that submits it: `ray job submit` talks before and after,
 * and repeats the end of the log when the job has failed.
 */
export function driverLinesOf(printed: readonly string[]): string[] {
  const driver = new DriverLines();
  return printed.flatMap((line) => driver.take(line));
}

/** The same for a log that is read line by line. */
export class DriverLines {
  #isRepetition = false;
  /** Those at the end are left out. */
  #emptyLines: string[] = [];

  /** The lines of the driver that this line of the log brings. */
  take(line: string): string[] {
    this.#isRepetition ||= repetition.test(line);
    if (this.#isRepetition || talk.test(line)) return [];
    if (line.trim() === "") {
      this.#emptyLines.push(line);
      return [];
    }
    const lines = [...this.#emptyLines, line];
    this.#emptyLines = [];
    return lines;
  }
}

// cli_logger of Ray: `2026-01-01 10:00:00,000\tINFO cli.py:36 -- …`
const client = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\s+(INFO|SUCC|ERR|WARN|PANIC) cli\.py:\d+ -- /;
// The loop that KubeRay puts before it, in SidecarMode and, from 1.7 on, in K8sJobMode.
const loop = /^Waiting for Ray Dashboard GCS to become healthy at /;
const talk = new RegExp(`${client.source}|${loop.source}`);
const repetition = new RegExp(`${client.source}Status message: .*last available logs`);
