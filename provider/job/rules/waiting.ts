import { suggestionOf } from "../../findings/closest.ts";
import { logsValues, waitForValues } from "../args.ts";
import type { Rule } from "./rule.ts";

/** What a deployment waits for, and what it shows. */
export const waitingRules: readonly Rule[] = [
  {
    code: "RJ601",
    refuses: "waiting for something that does not exist",
    path: ["waitFor"],
    broken: (job) => job.at("waitFor").fails((text) => waitForValues.some((value) => value === text)),
    problem: (job) => `Cannot wait for "${job.at("waitFor").text}"`,
    hint: (job) => suggestionOf(job.at("waitFor").text ?? "", waitForValues),
    refused: { waitFor: "completed" },
    accepted: { waitFor: "complete" },
  },
  {
    code: "RJ602",
    refuses: "a wait that is over at once",
    path: ["timeoutSeconds"],
    broken: (job) => (job.at("timeoutSeconds").number ?? 1) <= 0,
    problem: (job) => `Cannot wait for ${job.at("timeoutSeconds").number} s`,
    hint: 'Set "timeoutSeconds" to more than 0, or "waitFor" to "none"',
    refused: { timeoutSeconds: 0 },
    accepted: { timeoutSeconds: 600 },
  },
  {
    code: "RJ603",
    refuses: "less than no line of a log",
    path: ["logTailLines"],
    broken: (job) => (job.at("logTailLines").number ?? 0) < 0,
    problem: (job) => `Cannot show ${job.at("logTailLines").number} lines`,
    hint: 'Set "logTailLines" to 0 or more',
    refused: { logTailLines: -1 },
    accepted: { logTailLines: 0 },
  },
  {
    code: "RJ604",
    refuses: "waiting for a job that is held back",
    severity: "warning",
    path: ["waitFor"],
    broken: (job) => job.at("suspend").flag === true && job.at("waitFor").text !== "none",
    problem: "The deployment waits for a job that is suspended, until someone else resumes it",
    hint: 'Set "waitFor" to "none" while "suspend" is true',
    refused: { suspend: true },
    accepted: { suspend: true, waitFor: "none" },
  },
  {
    code: "RJ605",
    refuses: "a way to show the log that does not exist",
    path: ["logs"],
    broken: (job) => job.at("logs").fails((text) => logsValues.some((value) => value === text)),
    problem: (job) => `Cannot show the log as "${job.at("logs").text}"`,
    hint: (job) => suggestionOf(job.at("logs").text ?? "", logsValues),
    refused: { logs: "streams" },
    accepted: { logs: "stream" },
  },
];
