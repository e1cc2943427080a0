/**
 * What the driver itself has printed, out of the log of the pod that submits it: `ray job submit` talks before and after,
 * and repeats the end of the log when the job has failed.
 */
export function driverLinesOf(printed: readonly string[]): string[] {
  const repeated = printed.findIndex((line) => repetition.test(line));
  const once = repeated === -1 ? printed : printed.slice(0, repeated);
  const lines = once.filter((line) => !talk.test(line));
  while (lines.at(-1)?.trim() === "") lines.pop();
  return lines;
}

// cli_logger of Ray: `2026-01-01 10:00:00,000\tINFO cli.py:36 -- …`
const talk = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\s+(INFO|SUCC|ERR|WARN|PANIC) cli\.py:\d+ -- /;
const repetition = new RegExp(`${talk.source}Status message: .*last available logs`);
