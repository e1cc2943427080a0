import { aPod, aPodWithClaims, aWarning, notScheduled, unschedulable } from "./aPod.ts";
import { itGivesCauses } from "./itGivesCauses.ts";

describe("causeOf", () => {
  itGivesCauses([
    {
      because: "an unbound claim is the volume's trouble, not the nodes'",
      pods: [aPod("head", unschedulable("pod has unbound immediate PersistentVolumeClaims"))],
      cause: "head pod train-head: waiting for a volume (pod has unbound immediate PersistentVolumeClaims)",
    },
    {
      because: "a gate is held by a queue on purpose",
      pods: [aPod("head", notScheduled("SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates"))],
      cause:
        "head pod train-head: held back by a scheduling gate (Scheduling is blocked due to non-empty scheduling gates)",
    },
    {
      because: "the resource is what is missing, not other pods to evict",
      pods: [
        aPod(
          "head",
          unschedulable(
            "0/1 nodes are available: 1 Insufficient nvidia.com/gpu. no new claims to deallocate, preemption: 0/1 nodes " +
              "are available: 1 Preemption is not helpful for scheduling.",
          ),
        ),
      ],
      cause: "head pod train-head: unschedulable (0/1 nodes are available: 1 Insufficient nvidia.com/gpu)",
    },
    {
      because: "the claim knows best why it is not bound, and bound ones have nothing to say",
      pods: [aPodWithClaims("cache", "data")],
      claimEvents: [
        aWarning("PersistentVolumeClaim", "cache", "ProvisioningSucceeded", "Successfully provisioned volume"),
        aWarning("PersistentVolumeClaim", "data", "ProvisioningFailed", 'storageclass.storage.k8s.io "fast" not found'),
        aWarning("PersistentVolumeClaim", "cache", "ProvisioningFailed", "try again"),
        aWarning("PersistentVolumeClaim", "other", "FailedBinding", "no persistent volumes"),
      ],
      cause:
        'head pod train-head: waiting for claim data (ProvisioningFailed: storageclass.storage.k8s.io "fast" not found)',
    },
    {
      because: "a claim is named even if nothing is said about it",
      pods: [aPodWithClaims("data")],
      cause: "head pod train-head: waiting for claim data (pod has unbound immediate PersistentVolumeClaims)",
    },
    {
      because: "one of several claims cannot be told from the others",
      pods: [aPodWithClaims("cache", "data")],
      cause:
        "head pod train-head: waiting for one of the claims cache, data (pod has unbound immediate PersistentVolumeClaims)",
    },
    {
      because: "one line is one line, and not a long one",
      pods: [aPod("head", unschedulable(`0/9 nodes:\n  ${"x".repeat(500)}`))],
      cause: `head pod train-head: unschedulable (0/9 nodes: ${"x".repeat(229)}…)`,
    },
  ]);
});
