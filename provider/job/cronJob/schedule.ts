import type { Finding } from "../../findings/finding.ts";
import type { Value } from "../../values/value.ts";
import { isOlder } from "../rules/version.ts";
import { isZoneOfGo } from "./timeZone.ts";

/** What is wrong with the schedule of a RayCronJob: KubeRay says so in an event alone, and never submits a job. */
export function scheduleFindings(schedule: Value | undefined, version: string): Finding[] {
  if (typeof schedule !== "string") return [];
  const { zone, rest } = apart(schedule);
  const isZoneKnown = zone === undefined || isZoneOfGo(zone);
  const reason = isZoneKnown ? unreadable(rest) : `there is no time zone "${zone}"`;
  return [
    ...(zone !== undefined && isOlder(version, "1.7.0") !== true ? [zoned(version)] : []),
    ...(reason !== undefined ? [unread(schedule, reason)] : []),
  ];
}

function zoned(version: string): Finding {
  return {
    code: "RJ232",
    // Older ones take it.
    severity: version === "" ? "warning" : "error",
    path: ["spec", "schedule"],
    problem: "KubeRay 1.7 and newer refuse a time zone in a schedule",
    hint: 'Write the schedule alone, and the time zone in "timeZone", which KubeRay 1.7 has',
  };
}

function unread(schedule: string, reason: string): Finding {
  return {
    code: "RJ231",
    severity: "error",
    path: ["spec", "schedule"],
    problem: `KubeRay cannot read the schedule "${schedule}": ${reason}`,
    hint: 'Write minute, hour, day of the month, month and day of the week, such as "0 3 * * *", or a word such as "@daily"',
  };
}

/** A time zone in front of a schedule, as in `TZ=Europe/Berlin 0 3 * * *`, and the schedule (robfig/cron, parser.go). */
function apart(schedule: string): { readonly zone?: string; readonly rest: string } {
  const [, zone, rest] = /^(?:CRON_)?TZ=([^ ]*)(.*)$/s.exec(schedule) ?? [];
  return zone === undefined || rest === undefined ? { rest: schedule } : { zone, rest: rest.trim() };
}

/** Why it is no schedule to KubeRay, which reads it by robfig/cron's ParseStandard; undefined where it is one. */
function unreadable(schedule: string): string | undefined {
  if (schedule.startsWith("@")) return isDescriptor(schedule) ? undefined : "there is no such word";
  const parts = schedule.split(/\s+/).filter((part) => part !== "");
  if (parts.length !== fields.length) return `it has ${parts.length} ${parts.length === 1 ? "field" : "fields"}, not 5`;
  const wrong = fields.flatMap((field, index) => {
    const ranges = (parts[index] ?? "").split(",").filter((range) => range !== "");
    return ranges.filter((range) => !isRange(range, field)).map((range) => `"${range}" is no ${field.name}`);
  });
  return wrong[0];
}

function isDescriptor(word: string): boolean {
  const [, duration] = /^@every (.*)$/s.exec(word) ?? [];
  if (duration === undefined) return descriptors.includes(word);
  return /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(duration);
}

const descriptors = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Words for its numbers, from the least on. */
  readonly words?: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const fields: readonly Field[] = [
  { name: "minute", min: 0, max: 59 },
  { name: "hour", min: 0, max: 23 },
  { name: "day of the month", min: 1, max: 31 },
  { name: "month", min: 1, max: 12, words: months },
  { name: "day of the week", min: 0, max: 6, words: days },
];

function isRange(text: string, field: Field): boolean {
  const [range = "", step, ...moreSteps] = text.split("/");
  const [low = "", high, ...moreBounds] = range.split("-");
  if (moreSteps.length > 0 || (step !== undefined && !(numberOf(step) > 0))) return false;
  // What follows a star is disregarded.
  if (low === "*" || low === "?") return true;
  const first = numberOf(low, field);
  const last = high !== undefined ? numberOf(high, field) : step === undefined ? first : field.max;
  return moreBounds.length === 0 && first >= field.min && last <= field.max && first <= last;
}

function numberOf(text: string, { words = [], min = 0 }: Partial<Field> = {}): number {
  const word = words.indexOf(text.toLowerCase());
  if (word >= 0) return word + min;
  return /^\+?\d+$/.test(text) ? Number(text) : Number.NaN;
}
