import { messageOf } from "../values/messageOf.ts";

/** 0: it is as it was asked for. 1: it is not. 2: nothing is known, since the command is wrong or the cluster cannot be asked. */
export type ExitCode = 0 | 1 | 2;

/** Ends the process once all that was printed is out; what is still asked of the cluster is not waited for. */
export async function exit(code: ExitCode): Promise<never> {
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit(code);
}

/** A reader that has gone, such as `head`, changes nothing about what the command finds out. */
export function readersMayLeave(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") process.exit(2);
    });
  }
}

/** Ctrl-C ends the command at once, also where it is the first process of a container, which has to see to it itself. */
export function exitWhenKilled(): void {
  for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const]) {
    process.once(signal, () => {
      if (process.stderr.isTTY) process.stderr.write("\n"); // the row that is being rewritten ends
      process.exit(code);
    });
  }
}

/** Whatever nobody has foreseen is told in one line, and leaves it open what has become of the job. */
export async function exitForDefect(defect: unknown): Promise<never> {
  process.stderr.write(`Internal error: ${messageOf(defect).split("\n", 1)[0]}\n`);
  return exit(2);
}

/** The same for what is thrown where nobody waits for it. */
export function exitForDefects(): void {
  process.once("uncaughtException", exitForDefect);
  process.once("unhandledRejection", exitForDefect);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}
