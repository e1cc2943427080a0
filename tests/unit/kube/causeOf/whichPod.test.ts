import { aPod, aSubmitter, running, unschedulable, waiting } from "./aPod.ts";
import { itGivesCauses } from "./itGivesCauses.ts";

describe("causeOf", () => {
  itGivesCauses([
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
      because: "pods of an earlier attempt that are being removed are past",
      pods: [
        {
          ...aPod("head", waiting("ErrImagePull")),
          metadata: { ...aPod("head", {}).metadata, deletionTimestamp: "t" },
        },
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
      because: "a submission that fails is tried again",
      pods: [aPod("head", running()), aSubmitter("s1", 1), aSubmitter("s2", 137)],
      cause: "2 failed submissions, the last by s2 (exit code 137)",
    },
    {
      because: "the submitter that tries again has troubles of its own",
      pods: [aSubmitter("s1", 1), { ...aSubmitter("s2", 0), status: waiting("ErrImagePull") }],
      cause: 'submitter pod s2: cannot pull image "rayproject/ray:9.9.9" (ErrImagePull)',
    },
  ]);
});
