import assert from "node:assert/strict";
import { causeOf } from "../../../provider/kube/pods/causeOf.ts";
import type { ClusterEvent } from "../../../provider/kube/pods/events.ts";
import type { ContainerStatus, Pod, PodStatus } from "../../../provider/kube/pods/pods.ts";

const NOT_FOUND =
  'failed to pull and unpack image "docker.io/rayproject/ray:9.9.9": failed to resolve reference ' +
  '"docker.io/rayproject/ray:9.9.9": docker.io/rayproject/ray:9.9.9: not found';

const cases: readonly {
  readonly because: string;
  readonly pods: readonly Pod[];
  readonly warnings?: readonly ClusterEvent[];
  readonly claimEvents?: readonly ClusterEvent[];
  readonly cause: string | undefined;
}[] = [
  {
    because: "nothing is wrong with pods that run",
    pods: [aPod("head", running())],
    cause: undefined,
  },
  {
    because: "creating containers takes its time",
    pods: [aPod("head", waiting("ContainerCreating"))],
    cause: undefined,
  },
  {
    because: "an image that is not there will not appear by itself",
    pods: [aPod("head", running()), aPod("worker", waiting("ErrImagePull", NOT_FOUND))],
    cause:
      'worker pod train-worker: cannot pull image "rayproject/ray:9.9.9" ' +
      "(ErrImagePull: docker.io/rayproject/ray:9.9.9: not found)",
  },
  {
    because: "the head matters most, and the same trouble is told once",
    pods: [
      aPod("worker", unschedulable("1 Insufficient cpu"), "w1"),
      aPod("worker", unschedulable("1 Insufficient cpu"), "w2"),
      aPod("head", unschedulable("1 Insufficient cpu"), "h"),
    ],
    cause: "head pod h and 2 more: unschedulable (1 Insufficient cpu)",
  },
  {
    because: "other trouble is not counted in",
    pods: [aPod("head", unschedulable("a")), aPod("worker", unschedulable("b"))],
    cause: "head pod train-head: unschedulable (a)",
  },
  {
    because: "an image or a secret is a mistake, a full cluster may be a matter of time",
    pods: [
      aPod("head", unschedulable("0/1 nodes are available")),
      aPod("worker", waiting("CreateContainerConfigError", 'secret "hf" not found')),
    ],
    cause: 'worker pod train-worker: container c cannot start (CreateContainerConfigError: secret "hf" not found)',
  },
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
    because: "a container that fails again and again says how it ended",
    pods: [aPod("head", crashing({ exitCode: 137, reason: "OOMKilled" }))],
    cause: "head pod train-head: container c keeps failing (OOMKilled, exit code 137)",
  },
  {
    because: "an init container holds up the others",
    pods: [
      aPod("worker", { phase: "Pending", initContainerStatuses: [container({ waiting: { reason: "ErrImagePull" } })] }),
    ],
    cause: 'worker pod train-worker: cannot pull image "rayproject/ray:9.9.9" (ErrImagePull)',
  },
  {
    because: "an init container that fails says why in its last line, while it waits to be tried again",
    pods: [
      aPod("worker", {
        phase: "Pending",
        initContainerStatuses: [
          container(
            { waiting: { reason: "CrashLoopBackOff" } },
            { terminated: { exitCode: 1, message: "Traceback\ncannot fetch s3://b/k: 404\n" } },
          ),
        ],
      }),
    ],
    cause: "worker pod train-worker: container c keeps failing (exit code 1: cannot fetch s3://b/k: 404)",
  },
  {
    because: "and before that",
    pods: [
      aPod("head", {
        phase: "Pending",
        initContainerStatuses: [
          container({ terminated: { exitCode: 0 } }),
          container({ terminated: { exitCode: 1, reason: "Error", message: "cannot fetch s3://b/k: 404" } }),
        ],
      }),
    ],
    cause: "head pod train-head: container c has failed (exit code 1: cannot fetch s3://b/k: 404)",
  },
  {
    because: "and while it is tried again",
    pods: [
      aPod("head", {
        phase: "Pending",
        initContainerStatuses: [
          container({ terminated: { exitCode: 0 } }, { terminated: { exitCode: 1 } }),
          container({ running: {} }, { terminated: { exitCode: 1, message: "cannot fetch s3://b/k: 404" } }),
        ],
      }),
    ],
    cause: "head pod train-head: container c has failed (exit code 1: cannot fetch s3://b/k: 404), and is tried again",
  },
  {
    because: "a sidecar that has crashed once and runs again is in nobody's way",
    pods: [
      {
        ...aPod("head", {
          phase: "Pending",
          initContainerStatuses: [container({ running: {} }, { terminated: { exitCode: 1 } })],
        }),
        spec: { containers: [], initContainers: [{ name: "c", restartPolicy: "Always" }] },
      },
    ],
    cause: undefined,
  },
  {
    because: "one that runs for the first time is just at work",
    pods: [aPod("head", { phase: "Pending", initContainerStatuses: [container({ running: {} })] })],
    cause: undefined,
  },
  {
    because: "that a volume cannot be mounted is only in the events",
    pods: [aPod("head", waiting("ContainerCreating"))],
    warnings: [aWarning("Pod", "train-head", "FailedMount", 'MountVolume.SetUp failed: secret "s" not found')],
    cause: 'head pod train-head: FailedMount: MountVolume.SetUp failed: secret "s" not found',
  },
  {
    because: "a warning outlives its reason",
    pods: [aPod("head", running())],
    warnings: [aWarning("Pod", "train-head", "FailedMount", "MountVolume.SetUp failed")],
    cause: undefined,
  },
  {
    because: "a quota keeps pods from being made at all",
    pods: [],
    warnings: [aWarning("RayCluster", "train-x1", "FailedToCreateHeadPod", "exceeded quota: gpus")],
    cause: "RayCluster train-x1: FailedToCreateHeadPod: exceeded quota: gpus",
  },
  {
    because: "two controllers that write at once sort it out by themselves",
    pods: [],
    warnings: [
      aWarning("RayJob", "train", "FailedToUpdate", "Operation cannot be fulfilled: the object has been modified"),
    ],
    cause: undefined,
  },
  {
    because: "pods of an earlier attempt that are being removed are past",
    pods: [
      { ...aPod("head", waiting("ErrImagePull")), metadata: { ...aPod("head", {}).metadata, deletionTimestamp: "t" } },
    ],
    cause: undefined,
  },
  {
    because: "the submitter is a pod too",
    pods: [
      {
        ...aPod("head", waiting("ErrImagePull")),
        metadata: { ...aPod("head", {}).metadata, labels: { "job-name": "train" } },
      },
    ],
    cause: 'submitter pod train-head: cannot pull image "rayproject/ray:9.9.9" (ErrImagePull)',
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
    because: "a quota that kept the newest pod from being made does so no more",
    pods: [aPod("head", running())],
    warnings: [aWarning("RayCluster", "train-x1", "FailedToCreateHeadPod", "exceeded quota", "2025-12-31T23:59:59Z")],
    cause: undefined,
  },
  {
    because: "a quota may leave room for the head, but not for the workers",
    pods: [aPod("head", running())],
    warnings: [
      aWarning(
        "RayCluster",
        "train-x1",
        "FailedToCreateWorkerPod",
        'Failed to create worker Pod ml/x, pods "x" is forbidden: exceeded quota: gpus, requested: pods=1',
      ),
    ],
    cause: "RayCluster train-x1: FailedToCreateWorkerPod: exceeded quota: gpus, requested: pods=1",
  },
  {
    because: "a quota may leave room for the cluster, but not for the submitter",
    pods: [aPod("head", running())],
    warnings: [aWarning("Job", "train", "FailedCreate", 'Error creating: pods "x" is forbidden: exceeded quota: q')],
    cause: "Job train: FailedCreate: exceeded quota: q",
  },
  {
    because: "KubeRay waits in vain for a head beside which the job is over",
    pods: [{ ...aPod("head", {}), status: { phase: "Running", containerStatuses: ended("ray-job-submitter", 0) } }],
    cause:
      "head pod train-head: the job has ended (exit code 0) before its head was ready, which KubeRay does not notice",
  },
  {
    because: "other containers beside Ray may end",
    pods: [{ ...aPod("head", {}), status: { phase: "Running", containerStatuses: ended("init-data", 0) } }],
    cause: undefined,
  },
  {
    because: "a submission that fails is tried again",
    pods: [aPod("head", running()), aSubmitter("s1", 1), aSubmitter("s2", 137)],
    cause: "2 failed submissions, the last by s2 (exit code 137)",
  },
  {
    because: "the submitter that tries again has troubles of its own",
    pods: [aSubmitter("s1", 1), { ...aSubmitter("s2", 0), status: waiting("ErrImagePull") }],
    cause: 'submitter pod s2: cannot pull image "rayproject/ray:9.9.9" (ErrImagePull)',
  },
  {
    because: "one line is one line, and not a long one",
    pods: [aPod("head", unschedulable(`0/9 nodes:\n  ${"x".repeat(500)}`))],
    cause: `head pod train-head: unschedulable (0/9 nodes: ${"x".repeat(229)}…)`,
  },
];

describe("causeOf", () => {
  for (const { because, pods, warnings = [], claimEvents, cause } of cases) {
    it(`gives ${cause === undefined ? "no cause" : `"${cause.slice(0, 60)}…"`}: ${because}`, () => {
      assert.equal(causeOf(pods, warnings, claimEvents), cause);
    });
  }
});

function aPod(role: "head" | "worker", status: PodStatus, name = `train-${role}`): Pod {
  const labels = { "ray.io/node-type": role };
  return {
    metadata: { name, namespace: "ml", uid: `uid-${name}`, creationTimestamp: "2026-01-01T00:00:00Z", labels },
    status,
  };
}

function aPodWithClaims(...claims: readonly string[]): Pod {
  const volumes = claims.map((claimName) => ({ persistentVolumeClaim: { claimName } }));
  const pod = aPod("head", unschedulable("pod has unbound immediate PersistentVolumeClaims"));
  return { ...pod, spec: { containers: [], volumes } };
}

function aSubmitter(name: string, exitCode: number): Pod {
  const creationTimestamp = `2026-01-01T00:00:0${name.slice(1)}Z`;
  const metadata = { name, namespace: "ml", uid: name, creationTimestamp, labels: { "job-name": "train" } };
  return { metadata, status: { phase: "Failed", containerStatuses: [container({ terminated: { exitCode } })] } };
}

/** Beside a container that runs. */
function ended(name: string, exitCode: number): ContainerStatus[] {
  return [container({ running: {} }), { ...container({ terminated: { exitCode } }), name }];
}

function container(
  state: NonNullable<ContainerStatus["state"]>,
  lastState?: ContainerStatus["state"],
): ContainerStatus {
  return { name: "c", image: "rayproject/ray:9.9.9", state, ...(lastState && { lastState }) };
}

function running(): PodStatus {
  return { phase: "Running", containerStatuses: [container({})] };
}

function waiting(reason: string, message?: string): PodStatus {
  return { phase: "Pending", containerStatuses: [container({ waiting: { reason, ...(message && { message }) } })] };
}

function crashing(end: { readonly exitCode: number; readonly reason: string }): PodStatus {
  const state = { waiting: { reason: "CrashLoopBackOff", message: "back-off 5m0s restarting failed container" } };
  return { phase: "Running", containerStatuses: [container(state, { terminated: end })] };
}

function unschedulable(message: string): PodStatus {
  return notScheduled("Unschedulable", message);
}

function notScheduled(reason: string, message: string): PodStatus {
  return { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason, message }] };
}

function aWarning(
  kind: string,
  name: string,
  reason: string,
  message: string,
  creationTimestamp = "2026-01-01T00:00:00Z",
): ClusterEvent {
  const metadata = { creationTimestamp };
  return { reason, message, involvedObject: { kind, name, uid: `uid-${name}` }, metadata };
}
