import { aPod, aWarning, running, waiting } from "./aPod.ts";
import { itGivesCauses } from "./itGivesCauses.ts";

describe("causeOf", () => {
  itGivesCauses([
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
  ]);
});
