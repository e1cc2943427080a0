import type { PropertyPath } from "../../values/path.ts";
import { clusterWith } from "./examples.ts";
import { workersOf } from "./parts.ts";
import type { Rule } from "./rule.ts";

const most = 2_147_483_647;
const ofGroup = ["replicas", "minReplicas", "maxReplicas", "numOfHosts", "idleTimeoutSeconds", "priority"];
const ofJob: readonly PropertyPath[] = [
  ["backoffLimit"],
  ["activeDeadlineSeconds"],
  ["preRunningDeadlineSeconds"],
  ["ttlSecondsAfterFinished"],
  ["submitterConfig", "backoffLimit"],
  ["rayClusterSpec", "autoscalerOptions", "idleTimeoutSeconds"],
];

/** Whole numbers. */
export const numberRules: readonly Rule[] = [
  {
    code: "RJ131",
    // The CRDs say int32, which the API server does not check: the operator could not read this RayJob any more.
    refuses: "a number that KubeRay has no room for",
    each: (job) => [
      ...ofJob.map((path) => job.at(...path)),
      ...job.at("deletionStrategy", "deletionRules").items.map((rule) => rule.at("condition", "ttlSeconds")),
      ...workersOf(job).flatMap((group) => ofGroup.map((name) => group.at(name))),
    ],
    path: [],
    broken: ({ number }) => number !== undefined && Math.abs(number) > most,
    problem: (place) => `Cannot take ${place.number} for "${place.name}"`,
    hint: `Use a number up to ${most}`,
    refused: { backoffLimit: most + 1 },
    accepted: clusterWith({ groupName: "gpu", maxReplicas: most }),
  },
];
