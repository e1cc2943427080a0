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

/** The last lines of a log, without the escape sequences of colours and progress bars. */
export function lastLines(log: string, count: number): string {
  const lines = plain(log).trimEnd().split("\n");
  return count > 0 ? lines.slice(-count).join("\n") : "";
}

/** The text as it would be read on paper: no escape sequences, and a carriage return starts the line again. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).split("\n").map(lastWritten).join("\n").replaceAll(controlCharacters, "");
}

function lastWritten(line: string): string {
  return line.trimEnd().split("\r").at(-1) ?? "";
}

const controlCharacters = /[^\P{Cc}\n\t]/gu;
