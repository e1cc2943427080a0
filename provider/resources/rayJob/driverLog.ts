import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../../kube/connection/connect.ts";
import { followDriverLog } from "../../kube/logs/followDriverLog.ts";
import { messageOf } from "../../values/messageOf.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Onlooker } from "./onlooker.ts";
import type { Progress } from "./progress.ts";

/** The log of a job's driver while it is shown. */
export interface ShownLog {
  /** Waits until all of it is shown, of a job that has ended. Gives whether its end was: the last line of the last run. */
  readonly finish: () => Promise<boolean>;
  /** Shows no more of it. */
  readonly stop: () => Promise<void>;
}

/** Begins to show what the job's driver prints, if that is asked for. Throws nothing: the job goes on without its log. */
export function showDriverLog(
  { metadata }: RayJob,
  { logs }: PropertyMap,
  connection: Connection,
  { onlooker, progress }: { readonly onlooker: Onlooker; readonly progress: Progress },
): ShownLog {
  if (logs !== "stream") return { finish: async () => false, stop: async () => {} };
  const enough = new AbortController();
  const signal = AbortSignal.any([onlooker.signal, enough.signal]);
  const shown = show();
  return {
    finish: () => shown,
    stop: async () => {
      enough.abort();
      await shown;
    },
  };

  async function show(): Promise<boolean> {
    let isWhole = false;
    try {
      await onlooker.print(lines(), (line, row) => progress.printed(line, row));
      return isWhole;
    } catch (error) {
      onlooker.warn(`The driver's log is not shown: ${messageOf(error)}`);
      return false;
    }

    async function* lines() {
      isWhole = yield* followDriverLog(connection, metadata, { signal, warn: (message) => onlooker.warn(message) });
    }
  }
}
