import { ofCluster } from "./cluster.ts";
import { ofEnd, ofJob } from "./job.ts";
import { ofGroup, ofHead, ofNodes } from "./nodes.ts";
import type { Place } from "./place.ts";
import { ofShapes } from "./shapes.ts";

/** All that may be said otherwise. A seed stands for the same jobs only while these are in the same order. */
export function neighbourhood(): Place[] {
  const [head, group] = [
    ["rayClusterSpec", "headGroupSpec"],
    ["rayClusterSpec", "workerGroupSpecs", 0],
  ] as const;
  return [
    ...ofShapes(head),
    ...ofShapes(group),
    ...ofJob(),
    ...ofEnd(),
    ...ofCluster(),
    ...ofHead(head),
    ...ofNodes(head),
    ...ofNodes(group),
    ...ofGroup(group),
  ];
}
