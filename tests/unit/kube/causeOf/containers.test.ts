import { aPod, container, crashing, ended, running, waiting } from "./aPod.ts";
import { itGivesCauses } from "./itGivesCauses.ts";

const NOT_FOUND =
  'failed to pull and unpack image "docker.io/rayproject/ray:9.9.9": failed to resolve reference ' +
  '"docker.io/rayproject/ray:9.9.9": docker.io/rayproject/ray:9.9.9: not found';

describe("causeOf", () => {
  itGivesCauses([
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
      because: "a container that fails again and again says how it ended",
      pods: [aPod("head", crashing({ exitCode: 137, reason: "OOMKilled" }))],
      cause: "head pod train-head: container c keeps failing (OOMKilled, exit code 137)",
    },
    {
      because: "an init container holds up the others",
      pods: [
        aPod("worker", {
          phase: "Pending",
          initContainerStatuses: [container({ waiting: { reason: "ErrImagePull" } })],
        }),
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
      cause:
        "head pod train-head: container c has failed (exit code 1: cannot fetch s3://b/k: 404), and is tried again",
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
  ]);
});
