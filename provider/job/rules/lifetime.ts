import { attached, deletionRules } from "./examples.ts";
import { isAttached, isBefore, modeOf, shutsDown, textAt } from "./parts.ts";
import type { Rule } from "./rule.ts";

/** Deadlines, retries, suspension and what is left after the end. */
export const lifetimeRules: readonly Rule[] = [
  {
    code: "RJ401",
    refuses: "holding back a job whose cluster must not be deleted (J3)",
    path: ["suspend"],
    broken: (job) => job.at("suspend").flag === true && !shutsDown(job) && !isAttached(job),
    problem: 'Cannot suspend a job unless "shutdownAfterJobFinishes" is true',
    hint: 'Set "shutdownAfterJobFinishes" to true (without "deletionStrategy"), or drop "suspend"',
    refused: { suspend: true, shutdownAfterJobFinishes: false, waitFor: "none" },
    accepted: { suspend: true, waitFor: "none" },
  },
  {
    code: "RJ402",
    refuses: "a time to live below zero (J4)",
    path: ["ttlSecondsAfterFinished"],
    broken: (job) => (job.at("ttlSecondsAfterFinished").number ?? 0) < 0,
    problem: (job) => `Cannot delete the cluster ${job.at("ttlSecondsAfterFinished").number} s after the job's end`,
    hint: 'Set "ttlSecondsAfterFinished" to 0 or more',
    refused: { ttlSecondsAfterFinished: -1 },
    accepted: { ttlSecondsAfterFinished: 0 },
  },
  {
    code: "RJ403",
    refuses: "a time to live that nothing acts on (J5)",
    path: ["ttlSecondsAfterFinished"],
    broken: (job) => (job.at("ttlSecondsAfterFinished").number ?? 0) > 0 && !shutsDown(job),
    problem: (job) =>
      `Cannot delete the cluster after ${job.at("ttlSecondsAfterFinished").number} s: "shutdownAfterJobFinishes" is not true`,
    hint: 'Set "shutdownAfterJobFinishes" to true, or drop "ttlSecondsAfterFinished"',
    refused: { ttlSecondsAfterFinished: 600, shutdownAfterJobFinishes: false },
    accepted: { ttlSecondsAfterFinished: 600, shutdownAfterJobFinishes: true },
  },
  {
    code: "RJ404",
    refuses: "two ways to say what becomes of the cluster (J9)",
    path: ["shutdownAfterJobFinishes"],
    broken: (job) => job.at("deletionStrategy", "deletionRules").isGiven && shutsDown(job),
    problem: 'Cannot shut the cluster down and follow "deletionStrategy.deletionRules"',
    hint: 'Drop "shutdownAfterJobFinishes", or the rules',
    refused: { shutdownAfterJobFinishes: true, ...deletionRules() },
    accepted: deletionRules(),
  },
  {
    code: "RJ405",
    refuses: "holding back a job on a cluster that stays (J18)",
    path: ["suspend"],
    broken: (job) => job.at("suspend").flag === true && isAttached(job),
    problem: "Cannot suspend a job on an existing cluster: suspending deletes the cluster",
    hint: 'Drop "suspend", or make a cluster with "rayClusterSpec"',
    refused: { suspend: true, ...attached, waitFor: "none" },
    accepted: { suspend: true, waitFor: "none" },
  },
  {
    code: "RJ406",
    refuses: "retries on a cluster that stays (J22)",
    path: ["backoffLimit"],
    broken: (job) => (job.at("backoffLimit").number ?? 0) > 0 && isAttached(job),
    problem: (job) =>
      `Cannot retry ${job.at("backoffLimit").number} times on an existing cluster: each attempt needs a new one`,
    hint: 'Drop "backoffLimit", or make a cluster with "rayClusterSpec"',
    refused: { backoffLimit: 2, ...attached },
    accepted: { backoffLimit: 2 },
  },
  {
    code: "RJ407",
    refuses: "a deadline that is over at once (J28)",
    each: (job) => [job.at("activeDeadlineSeconds"), job.at("preRunningDeadlineSeconds")],
    path: [],
    broken: (deadline) => (deadline.number ?? 1) <= 0,
    problem: (deadline) => `Cannot give a job ${deadline.number} s`,
    hint: (deadline) => `Set "${deadline.name}" to 1 or more`,
    refused: { activeDeadlineSeconds: 0 },
    accepted: { activeDeadlineSeconds: 3600 },
  },
  {
    code: "RJ408",
    refuses: "less than no retry (J28)",
    path: ["backoffLimit"],
    broken: (job) => (job.at("backoffLimit").number ?? 0) < 0,
    problem: (job) => `Cannot retry ${job.at("backoffLimit").number} times`,
    hint: 'Set "backoffLimit" to 0 or more',
    refused: { backoffLimit: -1 },
    accepted: { backoffLimit: 0 },
  },
  {
    code: "RJ409",
    refuses: "deletion rules where nothing is ever deleted: KubeRay refuses some (J13), and disregards the others",
    path: ["deletionStrategy"],
    broken: (job) => job.at("deletionStrategy").isGiven && isAttached(job),
    problem: 'Cannot follow "deletionStrategy" on an existing cluster: KubeRay deletes nothing there',
    hint: 'Drop "deletionStrategy", or make a cluster with "rayClusterSpec"',
    refused: { ...attached, ...deletionRules() },
    accepted: deletionRules(),
  },
  {
    code: "RJ410",
    refuses: "shutting a cluster down that stays: KubeRay disregards it",
    severity: "warning",
    path: ["shutdownAfterJobFinishes"],
    broken: (job) => shutsDown(job) && isAttached(job),
    problem: "An existing cluster is not shut down when the job is over",
    hint: 'Drop "shutdownAfterJobFinishes"',
    refused: { ...attached, shutdownAfterJobFinishes: true },
    accepted: { shutdownAfterJobFinishes: true },
  },
  {
    code: "RJ412",
    // While it waits for somebody to submit the job, KubeRay looks at this deadline alone.
    refuses: "a cluster that waits for ever for a job to be submitted (E16)",
    severity: "warning",
    path: ["preRunningDeadlineSeconds"],
    broken: (job) => modeOf(job) === "InteractiveMode" && !job.at("preRunningDeadlineSeconds").isThere,
    problem: (job) =>
      isBefore("1.6.0", job)
        ? `The cluster waits without an end for a job that nobody submits: KubeRay ${textAt(job, "kubeRayVersion")} has no deadline for ` +
          'that, and "activeDeadlineSeconds" does not count yet'
        : "The cluster waits without an end for a job that nobody submits",
    hint: (job) =>
      isBefore("1.6.0", job)
        ? "Install KubeRay 1.6 or newer, or use another submission mode"
        : 'Set "preRunningDeadlineSeconds" (KubeRay 1.6 or newer)',
    refused: { kubeRayVersion: "1.5.1", submissionMode: "InteractiveMode", activeDeadlineSeconds: 3600 },
    accepted: { kubeRayVersion: "1.6.2", submissionMode: "InteractiveMode" },
  },
];
