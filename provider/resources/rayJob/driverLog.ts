import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../../kube/connection/connect.ts";
import { followDriverLog } from "../../kube/logs/followDriverLog.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Onlooker } from "./awaitJob.ts";
import type { Progress } from "./progress.ts";
import { streamLog } from "./streamLog.ts";

/** The log of a job's driver while it is shown. */
export interface ShownLog {
  /** Waits until all of it is shown, of a job that has ended. Gives whether there was any. */
  readonly finish: () => Promise<boolean>;
  /** Shows no more of it. */
  readonly stop: () => Promise<void>;
}

/** Begins to show what the job's driver prints, if that is asked for. */
export function showDriverLog(
  { metadata }: RayJob,
  { logs }: PropertyMap,
  connection: Connection,
  { onlooker, progress }: { readonly onlooker: Onlooker; readonly progress: Progress },
): ShownLog {
  if (logs !== "stream") return { finish: async () => false, stop: async () => {} };
  const enough = new AbortController();
  let isWhole = true;
  const warn = (message: string) => {
    isWhole = false;
    onlooker.warn(message);
  };
  const lines = followDriverLog(connection, metadata, {
    signal: AbortSignal.any([onlooker.signal, enough.signal]),
    warn,
  });
  const shown = streamLog(lines, async (text) => {
    await onlooker.print(text);
    progress.printed(text.slice(text.lastIndexOf("\n") + 1));
  });
  return {
    finish: async () => {
      AbortSignal.timeout(MOST_MS).addEventListener("abort", () => enough.abort());
      return (await shown) > 0 && isWhole;
    },
    stop: async () => {
      enough.abort();
      await shown;
    },
  };
}

// A log that does not end by then does not hold up what the deployment has to say.
const MOST_MS = 10_000;
