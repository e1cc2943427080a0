import { stripVTControlCharacters } from "node:util";

/** What Ray or KubeRay says about a job, apart from the driver's log that Ray appends to it (up to 20,000 characters). */
export interface JobMessage {
  readonly brief: string;
  readonly log?: string;
}

export function jobMessageOf(message: string): JobMessage {
  const start = logStart.exec(message);
  if (start === null) return { brief: message.trim() };
  return { brief: message.slice(0, start.index).trim(), log: message.slice(start.index + start[0].length) };
}

// JobSupervisor in ray/dashboard/modules/job/job_supervisor.py
const logStart = /,? last available logs[^\n]*:\s*\n/;

/** What a terminal would show of a log, colours aside: of a line drawn over again, as progress bars do, only the last. */
export function printedLines(log: string): string[] {
  const lines = plain(log).split("\n").map(shortened);
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

/** The last lines of a log, as it would be read. */
export function lastLines(log: string, count: number): string {
  return count > 0 ? printedLines(log).slice(-count).join("\n") : "";
}

/** The text as it would be read on paper: no escape sequences, and a carriage return starts the line again. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).split("\n").map(lastWritten).join("\n").replaceAll(controlCharacters, "");
}

function lastWritten(line: string): string {
  return line.trimEnd().split("\r").at(-1) ?? "";
}

const controlCharacters = /[^\P{Cc}\n\t]/gu;

function shortened(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}

const longestLine = 2_000;
