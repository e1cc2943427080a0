import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { corePath } from "../../../provider/kube/paths.ts";
import { pendingCause } from "../../../provider/kube/pods/pendingCause.ts";
import { createRayJob } from "../../../provider/kube/rayJobs/createRayJob.ts";
import { readRayJob } from "../../../provider/kube/rayJobs/readRayJob.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { headOnly } from "../jobs/programs.ts";
import { removeRayJob, send, type World, world } from "./world.ts";

const password = "correct-horse-battery-staple";

/** What the head's container has, and the volumes of its pod. */
type Head = PropertyMap & { readonly volumes?: PropertyMap[] };

// The real KubeRay, scheduler, kubelet and volume controller say what is wrong; hardly any Ray needs to run for it.
const cases: readonly {
  readonly because: string;
  readonly head?: Head;
  readonly cluster?: PropertyMap;
  readonly job?: PropertyMap;
  /** What there is in the namespace before the job. */
  readonly given?: { readonly path: string; readonly body: object };
  readonly cause: RegExp;
}[] = [
  {
    because: "no node has the GPU",
    head: { resources: { limits: { "nvidia.com/gpu": 1 } } },
    cause: /^head pod \S+-head-\S+: unschedulable \(0\/\d+ nodes are available: 1 Insufficient nvidia\.com\/gpu\)$/,
  },
  {
    because: "the image is not there",
    head: { image: "rayproject/ray:no-such-version" },
    cause:
      /^head pod \S+: cannot pull image "rayproject\/ray:no-such-version" \((ErrImagePull|ImagePullBackOff): .*\)$/,
  },
  {
    because: "the namespace's quota is used up",
    given: { path: "resourcequotas", body: { spec: { hard: { pods: "0" } } } },
    cause:
      /^RayCluster \S+: FailedToCreateHeadPod: exceeded quota: given, requested: pods=1, used: pods=0, limited: pods=0/,
  },
  {
    because: "a claim's storage class does not exist",
    given: claim({ storageClassName: "no-such-class" }),
    ...mounting("given"),
    cause: /^head pod \S+: waiting for claim given \(ProvisioningFailed: .*"no-such-class" not found\)$/,
  },
  {
    because: "nothing can be bound to a claim, which is no warning to Kubernetes",
    given: claim({ storageClassName: "" }),
    ...mounting("given"),
    cause: /^head pod \S+: waiting for claim given \(FailedBinding: no persistent volumes available for this claim/,
  },
  {
    because: "the claim does not exist",
    ...mounting("absent"),
    cause: /^head pod \S+: waiting for a volume \(.*persistentvolumeclaim "absent" not found/,
  },
  {
    because: "KubeRay refuses the cluster, which the RayJob's status never says",
    cluster: { upgradeStrategy: { type: "Recreate" } },
    cause: /^RayCluster \S+: \w+: .*upgradeStrategy/i,
  },
  {
    because: "its submission is tried again, on a cluster that runs",
    head: { resources: { requests: { cpu: "200m" } } },
    job: { submitterPodTemplate: submitter("exit 7") },
    cause: /^2 failed submissions, the last by train-\w+ \(exit code 7\)$/,
  },
];

describe("pendingCause on the real KubeRay", () => {
  let at: World;

  beforeEach(async () => {
    at = await world();
  });

  afterEach(async () => {
    await at.end();
  });

  for (const { because, head = {}, cluster = {}, job = {}, given, cause } of cases) {
    it(`says so when ${because}`, async () => {
      if (given) {
        const body = { metadata: { name: "given" }, ...given.body };
        await send(at.direct, "POST", corePath(at.namespace, given.path), body);
      }
      const rayJob = await aJobWith(head, cluster, job);
      const said = await eventually(rayJob, cause);
      assert(!said.includes(password));
      await removeRayJob(at, rayJob);
    });
  }

  async function aJobWith({ volumes, ...head }: Head, cluster: PropertyMap, job: PropertyMap): Promise<RayJob> {
    const { rayStartParams } = headOnly().headGroupSpec;
    const env = [{ name: "PASSWORD", value: password }];
    const containers = [{ name: "ray-head", image: "rayproject/ray:2.9.0", env, ...head }];
    const template = { spec: { containers, ...(volumes && { volumes }) } };
    return await createRayJob(at.direct, {
      apiVersion: "ray.io/v1",
      kind: "RayJob",
      metadata: { name: "train", namespace: at.namespace, labels: {}, annotations: {} },
      spec: { entrypoint: "true", rayClusterSpec: { headGroupSpec: { rayStartParams, template }, ...cluster }, ...job },
    });
  }

  async function eventually({ metadata }: RayJob, wanted: RegExp): Promise<string> {
    let cause: string | undefined;
    for (let tries = 0; tries < 600; tries += 1) {
      const rayJob = await readRayJob(at.direct, metadata.namespace, metadata.name);
      cause = rayJob && (await pendingCause(at.direct, rayJob));
      if (cause && wanted.test(cause)) return cause;
      await sleep(200);
    }
    return assert.fail(`last said: ${cause}`);
  }
});

function claim(more: object) {
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, ...more };
  return { path: "persistentvolumeclaims", body: { spec } };
}

function submitter(script: string): PropertyMap {
  const command = ["sh", "-c", script];
  return {
    spec: { restartPolicy: "Never", containers: [{ name: "submitter", image: "rayproject/ray:2.9.0", command }] },
  };
}

function mounting(claimName: string) {
  return {
    head: {
      volumes: [{ name: "data", persistentVolumeClaim: { claimName } }],
      volumeMounts: [{ name: "data", mountPath: "/data" }],
    },
  };
}
