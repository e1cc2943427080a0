import type { WaitFor } from "../../job/args.ts";
import { connect } from "../../kube/connection/connect.ts";
import { isClusterError } from "../../kube/connection/errors.ts";
import { rayJobSubject } from "../../kube/subject.ts";
import { TimedOut, within } from "../../server/timeout.ts";
import type { ExitCode } from "../exit.ts";
import { type Ending, exitCodeOf, resultOf } from "./ending.ts";
import { Row } from "./row.ts";
import { placed, type Target } from "./target.ts";
import { wait } from "./wait.ts";

/** What is written on the command line. */
export interface WaitOptions {
  readonly for: Exclude<WaitFor, "none">;
  /** In seconds. */
  readonly timeout?: number;
  readonly json?: boolean;
  readonly logs?: boolean;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
}

/** Waits, and prints what comes of it: for people on stderr, for machines on stdout. */
export async function runWait(target: Target, options: WaitOptions): Promise<ExitCode> {
  const ending = await ended(target, options);
  if (ending.error !== undefined) process.stderr.write(`${ending.error}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(resultOf(ending))}\n`);
  return exitCodeOf(ending);
}

async function ended(target: Target, options: WaitOptions): Promise<Ending> {
  const subject = rayJobSubject({ namespace: "", ...target });
  const limit = { seconds: options.timeout, setting: "--timeout" };
  try {
    return await within(limit, new AbortController().signal, (signal) => waited(target, options, signal));
  } catch (error) {
    if (error instanceof TimedOut) return { outcome: "timedOut", error: `${subject} is not done: ${error.message}` };
    if (isClusterError(error)) return { outcome: "unknown", error: error.message };
    throw error;
  }
}

async function waited(target: Target, options: WaitOptions, signal: AbortSignal): Promise<Ending> {
  const { kubeconfig, context } = options;
  const connection = await connect({ kubeconfig, context });
  const job = placed(target, options.namespace, connection.namespace);
  if (job === undefined) return { outcome: "unknown", error: contradiction(target, options) };
  // With --json, stdout is for the one object alone.
  const logs = options.json ? process.stderr : process.stdout;
  const row = new Row(rayJobSubject(job), process.stderr);
  try {
    return await wait(connection, job, {
      waitFor: options.for,
      withLogs: options.logs === true,
      show: (event) => row.show(event),
      print: async (lines, shown) => {
        for await (const line of lines) {
          row.aside(() => logs.write(`${line}\n`));
          shown(line, "hidden");
        }
      },
      warn: (message) => row.aside(() => process.stderr.write(`${message}\n`)),
      signal,
    });
  } finally {
    row.end();
  }
}

function contradiction({ namespace }: Target, options: WaitOptions): string {
  return `The job is in the namespace "${namespace}", but --namespace says "${options.namespace}": drop one of them`;
}
