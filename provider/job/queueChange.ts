import { mapOf, type PropertyMap } from "../values/value.ts";
import { queueLabel } from "./live.ts";
import type { RayJob } from "./rayJob.ts";

/**
 * What of a patch may be sent to a job in one of Kueue's queues: Kueue's webhook refuses another queue, and with it all of the
 * patch, for a job that it has let run.
 */
export interface QueueChange {
  /** Undefined where nothing is left to send. */
  readonly patch: PropertyMap | undefined;
  /** The queue in which the job stays; undefined where nothing is held back. */
  readonly staysIn: string | undefined;
}

export function withoutQueueChange(patch: PropertyMap, { metadata, spec }: RayJob): QueueChange {
  const labels = mapOf(mapOf(patch.metadata).labels);
  const queue = metadata.labels?.[queueLabel];
  const isRunning = spec.suspend !== true;
  if (queue === undefined || !isRunning || !Object.hasOwn(labels, queueLabel)) return { patch, staysIn: undefined };
  const { [queueLabel]: _, ...others } = labels;
  return { patch: withoutLabels(patch, others), staysIn: queue };
}

function withoutLabels({ metadata, ...others }: PropertyMap, labels: PropertyMap): PropertyMap | undefined {
  const { labels: _, ...texts } = mapOf(metadata);
  const kept = { ...texts, ...(Object.keys(labels).length > 0 ? { labels } : {}) };
  const patch = { ...others, ...(Object.keys(kept).length > 0 ? { metadata: kept } : {}) };
  return Object.keys(patch).length > 0 ? patch : undefined;
}
