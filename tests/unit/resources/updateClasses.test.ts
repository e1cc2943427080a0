import assert from "node:assert/strict";
import type { RayJobArgs } from "../../../provider/job/args.ts";
import { changeOf } from "../../../provider/job/changes.ts";
import { check } from "../../../provider/resources/rayJob/check.ts";
import { create } from "../../../provider/resources/rayJob/create.ts";
import { diff } from "../../../provider/resources/rayJob/diff.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { ApiServer } from "../../support/apiServer.ts";
import { subject, surroundings } from "./surroundings.ts";

type Flip = readonly [before: PropertyMap, after: PropertyMap];

const attached = { rayClusterSpec: null };
const rules = (policy: string) => ({
  deletionRules: [
    { policy: "DeleteCluster", condition: { jobStatus: "SUCCEEDED" } },
    { policy, condition: { jobDeploymentStatus: "Failed", ttlSeconds: 60 } },
  ],
});

/** A change of each argument that the check lets pass: one that is new is missing here, and does not compile. */
const flips = {
  name: [{ name: "train-a" }, { name: "train-b" }],
  namespace: [{}, { namespace: "prod" }],
  labels: [{}, { labels: { team: "ml" } }],
  annotations: [{ annotations: { note: "a" } }, { annotations: { note: "b" } }],
  entrypoint: [{}, { entrypoint: "python b.py" }],
  runtimeEnv: [{ runtimeEnv: { pip: ["a"] } }, { runtimeEnv: { pip: ["b"] } }],
  runtimeEnvYAML: [{ runtimeEnvYAML: "pip: [a]" }, { runtimeEnvYAML: "pip: [b]" }],
  jobId: [{}, { jobId: "job-b" }],
  metadata: [{}, { metadata: { team: "ml" } }],
  entrypointNumCpus: [{}, { entrypointNumCpus: 0.5 }],
  entrypointNumGpus: [{}, { entrypointNumGpus: 1 }],
  entrypointResources: [{}, { entrypointResources: '{"a": 1}' }],
  rayClusterSpec: [{}, { rayClusterSpec: cluster({ rayVersion: "2.53.0" }) }],
  image: [
    { ...attached, image: "rayproject/ray:2.52.0" },
    { ...attached, image: "rayproject/ray:2.53.0" },
  ],
  head: [
    { ...attached, image: "ray" },
    { ...attached, image: "ray", head: { cpu: 2 } },
  ],
  workers: [
    { ...attached, image: "ray", workers: { cpu: { replicas: 1 } } },
    { ...attached, image: "ray", workers: { cpu: { replicas: 2 } } },
  ],
  existingCluster: [
    { ...attached, existingCluster: "a" },
    { ...attached, existingCluster: "b" },
  ],
  clusterSelector: [
    { ...attached, clusterSelector: { "ray.io/cluster": "a" } },
    { ...attached, clusterSelector: { "ray.io/cluster": "b" } },
  ],
  podLabels: [{}, { podLabels: { team: "ml" } }],
  mounts: [{}, { mounts: { data: { claimName: "a", mountPath: "/data" } } }],
  serviceAccountName: [{}, { serviceAccountName: "ray" }],
  submissionMode: [{}, { submissionMode: "HTTPMode" }],
  submitterPodTemplate: [
    {},
    { submitterPodTemplate: { spec: { restartPolicy: "Never", containers: [{ name: "s", image: "ray" }] } } },
  ],
  submitterConfig: [{}, { submitterConfig: { backoffLimit: 1 } }],
  backoffLimit: [{}, { backoffLimit: 2 }],
  activeDeadlineSeconds: [{}, { activeDeadlineSeconds: 3600 }],
  preRunningDeadlineSeconds: [{}, { preRunningDeadlineSeconds: 3600 }],
  shutdownAfterJobFinishes: [{}, { shutdownAfterJobFinishes: false }],
  ttlSecondsAfterFinished: [{}, { ttlSecondsAfterFinished: 600 }],
  deletionStrategy: [{ deletionStrategy: rules("DeleteCluster") }, { deletionStrategy: rules("DeleteNone") }],
  suspend: [{}, { suspend: true }],
  secretEnv: [{}, { secretEnv: { TOKEN: { name: "hub" } } }],
  stage: [{}, { stage: { model: { from: "s3://models/a", to: "/model" } } }],
  managedBy: [{}, { managedBy: "kueue.x-k8s.io/multikueue" }],
  waitFor: [{}, { waitFor: "ready" }],
  timeoutSeconds: [{}, { timeoutSeconds: 600 }],
  rerunToken: [{}, { rerunToken: "2" }],
  rerunFailed: [{}, { rerunFailed: false }],
  stopOnCancel: [{}, { stopOnCancel: true }],
  logs: [{}, { logs: "stream" }],
  logTailLines: [{}, { logTailLines: 10 }],
  kubeRayVersion: [{}, { kubeRayVersion: "1.6.2" }],
  kubeRayFeatureGates: [{}, { kubeRayFeatureGates: { RayCronJob: true } }],
} as const satisfies Record<keyof RayJobArgs, Flip>;

const worker = (fields: PropertyMap) =>
  cluster({ workerGroupSpecs: [{ groupName: "gpu", template: pod(), ...fields }] });

interface Inside {
  readonly doing: "replace" | "update" | "nothing";
  readonly flip: Flip;
  readonly because: string;
}

const shortly = { ...attached, image: "rayproject/ray:2.52.0", head: { cpu: 2 } };
const amounts = { cpu: "2", memory: "4Gi" };
const atLength = {
  rayClusterSpec: {
    rayVersion: "2.52.0",
    headGroupSpec: {
      rayStartParams: {},
      template: {
        spec: {
          containers: [
            { name: "ray-head", image: "rayproject/ray:2.52.0", resources: { limits: amounts, requests: amounts } },
          ],
        },
      },
    },
  },
};

/** Changes deep inside of arguments, and defaults that are written out. */
const inside: readonly Inside[] = [
  {
    doing: "replace",
    flip: [{ rayClusterSpec: worker({ replicas: 1 }) }, { rayClusterSpec: worker({ replicas: 2 }) }],
    because: "the cluster is made with so many workers",
  },
  {
    doing: "replace",
    flip: [{}, { rayClusterSpec: cluster({ headGroupSpec: { template: pod("other") } }) }],
    because: "the head has another image",
  },
  {
    doing: "replace",
    flip: [{ runtimeEnv: { envVars: { A: "1" } } }, { runtimeEnv: { envVars: { A: "2" } } }],
    because: "the driver sees another variable",
  },
  {
    doing: "update",
    flip: [{ submissionMode: "InteractiveMode" }, { submissionMode: "InteractiveMode", jobId: "job-b" }],
    because: "KubeRay waits for the ID",
  },
  {
    doing: "nothing",
    flip: [{}, { submissionMode: "K8sJobMode", backoffLimit: 0, suspend: false, entrypointNumCpus: 0 }],
    because: "these are KubeRay's defaults",
  },
  {
    doing: "nothing",
    flip: [{}, { shutdownAfterJobFinishes: true, ttlSecondsAfterFinished: 60, preRunningDeadlineSeconds: 1800 }],
    because: "these are this package's defaults",
  },
  {
    doing: "nothing",
    flip: [
      { secretEnv: { TOKEN: { name: "hub" } }, stage: { model: { from: "s3://models/a", to: "/model" } } },
      {
        secretEnv: { TOKEN: { name: "hub", key: "TOKEN" } },
        stage: { model: { from: "s3://models/a", to: "/model", on: "all" } },
      },
    ],
    because: "a key is called as its variable, and all nodes get what is staged",
  },
  {
    doing: "nothing",
    flip: [shortly, atLength],
    because: "the short form is written out",
  },
  {
    doing: "nothing",
    flip: [atLength, shortly],
    because: "a spec is said by its short form",
  },
  {
    doing: "nothing",
    flip: [{ rayClusterSpec: worker({}) }, { rayClusterSpec: worker({ replicas: 0, numOfHosts: 1 }) }],
    because: "these are the CRD's defaults",
  },
  {
    doing: "nothing",
    flip: [{ runtimeEnv: { pip: ["a"] } }, { runtimeEnvYAML: "pip: [a]" }],
    because: "both mean the same",
  },
];

const done = { rerun: "replace", inPlace: "update", ours: "update" } as const;

describe("check and diff together", () => {
  let server: ApiServer;

  before(async () => {
    server = await ApiServer.start();
  });

  after(async () => {
    await server.stop();
  });

  for (const [name, flip] of Object.entries(flips) as [keyof RayJobArgs, Flip][]) {
    it(`make a change of ${name} a case of ${done[changeOf[name]]}, and of nothing else`, async () => {
      const { doing, changed } = await decided(...flip);
      assert.equal(doing, done[changeOf[name]]);
      assert.deepEqual(changed, [name]);
    });
  }

  for (const { doing, flip, because } of inside) {
    it(`make it a case of ${doing} where ${because}`, async () => {
      assert.equal((await decided(...flip)).doing, doing);
    });
  }

  /** What the engine is told to do about a job that was created with `before`, when the program says `after`. */
  async function decided(before: PropertyMap, after: PropertyMap) {
    server.rayJobs.clear();
    const oldInputs = await checked(before, {});
    const newInputs = await checked(after, oldInputs);
    // A deployment that does not wait has done what `oldInputs` ask for when the job has succeeded.
    const { id, outputs } = await create(
      { ...subject(), inputs: { ...oldInputs, waitFor: "none" }, preview: false },
      surroundings(server),
    );
    const oldOutputs: PropertyMap = {
      ...outputs,
      waitFor: oldInputs.waitFor,
      jobStatus: "SUCCEEDED",
      jobDeploymentStatus: "Complete",
    };
    const { changes } = await diff({ ...subject(), id, oldInputs, oldOutputs, newInputs });
    const replaces = changes.some((change) => change.replaces);
    const changed = [...new Set(changes.map(({ path }) => String(path[0])))];
    return {
      doing: changes.length === 0 ? "nothing" : replaces ? "replace" : "update",
      // A generated name follows what the job computes with.
      changed: changed.length > 1 ? changed.filter((name) => name !== "name") : changed,
    };
  }

  async function checked(overlay: PropertyMap, oldInputs: PropertyMap): Promise<PropertyMap> {
    const newInputs = { entrypoint: "python a.py", rayClusterSpec: cluster({}), ...overlay };
    const { inputs, failures } = await check({ ...subject(), oldInputs, newInputs, secrets: [], configuration: {} });
    assert.deepEqual(failures, []);
    return inputs;
  }
});

function cluster(fields: PropertyMap): PropertyMap {
  return { rayVersion: "2.52.0", headGroupSpec: { template: pod() }, ...fields };
}

function pod(image = "rayproject/ray:2.52.0"): PropertyMap {
  return { spec: { containers: [{ name: "ray", image }] } };
}
