import type { KubeRayObject } from "./object.ts";

const useRules = "KubeRay gives it up for `deletionRules`, which also see deadlines and failed submissions.";

/** What is the job's own: its submission, and its end. */
export const jobObjects: readonly KubeRayObject[] = [
  {
    name: "SubmitterConfig",
    at: ["submitterConfig"],
    description: "Settings of the Kubernetes Job that submits the Ray job.",
    fields: { backoffLimit: "How often submitting is tried again. Default 2." },
  },
  {
    name: "DeletionStrategy",
    at: ["deletionStrategy"],
    description: "What KubeRay deletes after which outcome.",
    fields: {
      deletionRules:
        "What is deleted when: one rule for success and one for failure at least. Several may hold, one after the other. Required.",
      onFailure: "What is deleted when the job has failed. Refused: use `deletionRules` instead.",
      onSuccess: "What is deleted when the job has succeeded. Refused: use `deletionRules` instead.",
    },
    deprecated: { onFailure: useRules, onSuccess: useRules },
  },
  {
    name: "DeletionPolicy",
    at: ["deletionStrategy.onFailure", "deletionStrategy.onSuccess"],
    description: "What is deleted, in the older way that `deletionRules` took the place of.",
    fields: { policy: "What is deleted. Required." },
  },
  {
    name: "DeletionRule",
    at: ["deletionStrategy.deletionRules[]"],
    description: "One thing that KubeRay deletes, and when.",
    fields: { condition: "When it is deleted.", policy: "What is deleted." },
  },
  {
    name: "DeletionCondition",
    at: ["deletionStrategy.deletionRules[].condition"],
    description: "When something is deleted: exactly one of `jobStatus` and `jobDeploymentStatus`.",
    fields: {
      jobDeploymentStatus:
        "The end by KubeRay's own judgement, which deadlines and failed submissions count for. Either this or `jobStatus`.",
      jobStatus:
        "The end by what Ray says of the job. Either this or `jobDeploymentStatus`. A job that was stopped has neither of these.",
      ttlSeconds: "Seconds after that end. Default 0.",
    },
  },
];
