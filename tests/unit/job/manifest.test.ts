import assert from "node:assert/strict";
import { fingerprintOf } from "../../../provider/job/fingerprint.ts";
import { manifestOf, specOf } from "../../../provider/job/manifest.ts";
import { ownerOf } from "../../../provider/job/owner.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";
import { aJob, argumentNames, twoValues } from "./aJob.ts";

const owner = ownerOf("urn:pulumi:dev::ml::rayjob:index:RayJob::train", "provider-1");
describe("manifestOf", () => {
  it("holds what was said, this package's defaults, and whose it is", () => {
    const inputs = aJob({ labels: { team: "ml" }, annotations: { note: "x" } });
    assert.deepEqual(manifestOf(inputs, owner), {
      apiVersion: "ray.io/v1",
      kind: "RayJob",
      metadata: {
        name: "train-7f3a9c21",
        namespace: "ml",
        labels: {
          team: "ml",
          "app.kubernetes.io/managed-by": "pulumi-rayjob",
          "pulumi-rayjob/in-creation": "true",
          "pulumi-rayjob/owner": owner.id,
        },
        annotations: {
          note: "x",
          "pulumi-rayjob/urn": owner.urn,
          "pulumi-rayjob/provider": "provider-1",
          "pulumi-rayjob/fingerprint": fingerprintOf(inputs),
        },
      },
      spec: {
        entrypoint: "python train.py",
        rayClusterSpec: inputs.rayClusterSpec,
        preRunningDeadlineSeconds: 1800,
        shutdownAfterJobFinishes: true,
        ttlSecondsAfterFinished: 60,
      },
    });
  });

  it("leaves a managed-by label that the user has set", () => {
    const { labels } = manifestOf(aJob({ labels: { "app.kubernetes.io/managed-by": "platform" } }), owner).metadata;
    assert.equal(labels["app.kubernetes.io/managed-by"], "platform");
  });

  it("says whose it is, whatever the user's labels and annotations are", () => {
    const forged = { "pulumi-rayjob/owner": "x", "pulumi-rayjob/urn": "x", "pulumi-rayjob/fingerprint": "x" };
    const { labels, annotations } = manifestOf(aJob({ labels: forged, annotations: forged }), owner).metadata;
    assert.equal(labels["pulumi-rayjob/owner"], owner.id);
    assert.equal(annotations["pulumi-rayjob/urn"], owner.urn);
    assert.equal(annotations["pulumi-rayjob/fingerprint"], fingerprintOf(aJob()));
  });

  it("refuses inputs that are not all known", () => {
    assert.throws(() => manifestOf(aJob({ labels: { a: UNKNOWN } }), owner), /Internal error/);
  });
});

const attached = { rayClusterSpec: null, existingCluster: "shared" };
const deletionStrategy = { deletionRules: [{ policy: "DeleteCluster", condition: { jobDeploymentStatus: "Failed" } }] };

const ends: { said: PropertyMap; shutdown?: boolean; ttl?: number; because: string }[] = [
  { said: {}, shutdown: true, ttl: 60, because: "nothing is said" },
  { said: { ttlSecondsAfterFinished: 5 }, shutdown: true, ttl: 5, because: "only the TTL is said" },
  { said: { ttlSecondsAfterFinished: 0 }, shutdown: true, ttl: 0, because: "the TTL is said to be none" },
  { said: { shutdownAfterJobFinishes: true }, shutdown: true, ttl: 60, because: "the shutdown is said" },
  { said: { shutdownAfterJobFinishes: false }, shutdown: false, because: "the cluster is to stay" },
  { said: { deletionStrategy }, because: "rules say what is deleted" },
  { said: attached, because: "the cluster is not the job's" },
  {
    said: { ...attached, shutdownAfterJobFinishes: true },
    shutdown: true,
    because: "a shutdown is said that KubeRay ignores",
  },
];

// To the API server an argument that is left out and one that is null or undefined must look the same.
const spellings: { said: PropertyMap; field: string; value: unknown; because: string }[] = [
  { said: { entrypoint: "" }, field: "entrypoint", value: undefined, because: "an empty text says nothing" },
  { said: { metadata: {} }, field: "metadata", value: undefined, because: "an empty object says nothing" },
  { said: { suspend: false }, field: "suspend", value: false, because: "what the user has written stays written" },
  {
    said: { rayClusterSpec: { headGroupSpec: { rayStartParams: {}, serviceType: null, volumes: [{ emptyDir: {} }] } } },
    field: "rayClusterSpec",
    value: { headGroupSpec: { rayStartParams: {}, volumes: [{ emptyDir: {} }] } },
    because: "inside, an empty object has a meaning and null has none",
  },
  {
    said: attached,
    field: "clusterSelector",
    value: { "ray.io/cluster": "shared" },
    because: "that is KubeRay's way to say it",
  },
  {
    said: { runtimeEnv: { pip: ["numpy"] } },
    field: "runtimeEnvYAML",
    value: "pip:\n  - numpy\n",
    because: "KubeRay takes YAML",
  },
  {
    said: { runtimeEnvYAML: "pip: [a] # x" },
    field: "runtimeEnvYAML",
    value: "pip: [a] # x",
    because: "YAML is passed on as it is",
  },
];

describe("specOf", () => {
  it("makes a field of every argument that KubeRay has, and of no other", () => {
    const ours = [
      "name",
      "namespace",
      "labels",
      "annotations",
      "waitFor",
      "timeoutSeconds",
      "rerunToken",
      "rerunFailed",
      "stopOnCancel",
      "logs",
      "logTailLines",
      "kubeRayVersion",
      "kubeRayFeatureGates",
      // Parts of the cluster, which is not given here.
      "mounts",
      "serviceAccountName",
      "secretEnv",
      "stage",
    ];
    const spoken: Readonly<Record<string, string>> = {
      existingCluster: "clusterSelector",
      runtimeEnv: "runtimeEnvYAML",
      image: "rayClusterSpec",
      head: "rayClusterSpec",
      workers: "rayClusterSpec",
      podLabels: "submitterPodTemplate",
    };
    for (const name of argumentNames) {
      const before = specOf({ deletionStrategy: { onSuccess: {} } });
      const after = specOf({ deletionStrategy: { onSuccess: {} }, [name]: twoValues[name][0] });
      const changed = Object.keys({ ...before, ...after }).filter((field) => before[field] !== after[field]);
      const expected = ours.includes(name) ? [] : [spoken[name] ?? name];
      assert.deepEqual(
        changed.filter((field) => field !== "deletionStrategy" || name === field),
        expected,
        name,
      );
    }
  });

  for (const { said, shutdown, ttl, because } of ends) {
    it(`ends with shutdown ${shutdown} and TTL ${ttl} where ${because}`, () => {
      const { shutdownAfterJobFinishes, ttlSecondsAfterFinished } = specOf(aJob(said));
      assert.deepEqual([shutdownAfterJobFinishes, ttlSecondsAfterFinished], [shutdown, ttl]);
    });
  }

  for (const { said, field, value, because } of spellings) {
    it(`makes ${JSON.stringify(value)} of ${JSON.stringify(said)}: ${because}`, () => {
      assert.deepEqual(specOf(aJob(said))[field], value);
    });
  }
});
