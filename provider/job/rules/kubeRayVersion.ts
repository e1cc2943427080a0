import { attached, deletionRules } from "./examples.ts";
import { isBefore, isSwitchedOff, modeOf, textAt } from "./parts.ts";
import type { Rule } from "./rule.ts";

/** What the KubeRay on the cluster cannot do, if its version is known. That it lacks a field is told by the field's shape. */
export const kubeRayVersionRules: readonly Rule[] = [
  {
    code: "RJ441",
    refuses: "deletion strategies where they are switched off, as before 1.6 (J6)",
    path: ["deletionStrategy"],
    broken: (job) => job.at("deletionStrategy").isSent && isSwitchedOff("RayJobDeletionPolicy", job),
    problem:
      'KubeRay refuses a "deletionStrategy" as long as its feature gate RayJobDeletionPolicy is off, as before 1.6',
    hint:
      'Use "shutdownAfterJobFinishes", install KubeRay 1.6 or newer, or switch the gate on and say so in "kubeRayFeatureGates", as a ' +
      'component does with "operator.values.featureGates"',
    refused: {
      kubeRayVersion: "1.5.1",
      activeDeadlineSeconds: 3600,
      deletionStrategy: { deletionRules: [{ policy: "DeleteCluster", condition: { jobStatus: "SUCCEEDED" } }] },
    },
    accepted: { kubeRayVersion: "1.6.2", ...deletionRules() },
  },
  {
    code: "RJ442",
    // This package sets a deadline wherever KubeRay has one to set. RJ412 is about a job that is submitted by hand.
    refuses: "a job without any deadline (E14)",
    severity: "warning",
    path: ["activeDeadlineSeconds"],
    broken: (job) =>
      !job.at("activeDeadlineSeconds").isThere &&
      !job.at("preRunningDeadlineSeconds").isThere &&
      modeOf(job) !== "InteractiveMode",
    problem: (job) =>
      isBefore("1.6.0", job)
        ? `A job that gets no cluster waits for ever: KubeRay ${textAt(job, "kubeRayVersion")} has no deadline for that`
        : "A job that gets no cluster, such as one with an image that cannot be pulled, waits for ever: it has no deadline",
    hint: (job) =>
      isBefore("1.6.0", job)
        ? 'Set "activeDeadlineSeconds", or install KubeRay 1.6 or newer'
        : 'Set "preRunningDeadlineSeconds" (KubeRay 1.6 or newer), or "activeDeadlineSeconds"',
    refused: { kubeRayVersion: "1.5.1", ...attached },
    accepted: { kubeRayVersion: "1.5.1", activeDeadlineSeconds: 3600 },
  },
];
