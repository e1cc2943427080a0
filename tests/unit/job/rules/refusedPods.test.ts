import assert from "node:assert/strict";
import { validate, validateManifest } from "../../../../provider/job/rules/validate.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import { mapOf, type PropertyMap, UNKNOWN, type Value } from "../../../../provider/values/value.ts";
import { aJob } from "../aJob.ts";

const image = "rayproject/ray:2.52.0";
const volumeMounts = [{ name: "data", mountPath: "/data" }];
const volumes = [{ name: "data", emptyDir: {} }];

type Case = readonly [job: PropertyMap, found: readonly string[], because: string];

const mounts: readonly Case[] = [
  [inHead({ volumeMounts }), ["containers[0].volumeMounts[0].name RJ366"], "the pod has no volumes"],
  [inHead({ volumeMounts }, { volumes }), [], "it has the volume"],
  [inHead({ volumeMounts }, { volumes: UNKNOWN }), [], "it may have it"],
  [inHead({ volumeMounts }, { volumes: [{ name: UNKNOWN }] }), [], "this may be it"],
  [inHead({ volumeMounts: [{ name: UNKNOWN, mountPath: "/data" }] }), [], "it may be one that is there"],
  [
    inHead({}, { initContainers: [{ name: "a", image, volumeMounts }] }),
    ["initContainers[0].volumeMounts[0].name RJ366"],
    "an init container has no others",
  ],
  [
    inHead({ volumeDevices: [{ name: "disk", devicePath: "/dev/disk" }] }),
    ["containers[0].volumeDevices[0].name RJ366"],
    "a device is a volume, too",
  ],
  [inHead({ volumeMounts: [{ name: "shared-mem", mountPath: "/dev/shm" }] }), [], "KubeRay adds it"],
  [
    { ...inHead({ volumeMounts }), mounts: { data: { claimName: "data", mountPath: "/other" } } },
    [],
    "this package adds it for a mount",
  ],
  [
    { ...inHead({ volumeMounts }), stage: { data: { from: "s3://models/a", to: "/model" } } },
    [],
    "this package adds it for what is staged",
  ],
];

const words: readonly Case[] = [
  [inHead({}, { restartPolicy: "never" }), ["restartPolicy RJ367"], "words are spelled exactly"],
  [inHead({}, { restartPolicy: "" }), [], "nothing is said"],
  [inHead({ imagePullPolicy: "Allways" }), ["containers[0].imagePullPolicy RJ367"], "this is misspelt"],
  [inHead({ imagePullPolicy: "IfNotPresent" }, { restartPolicy: "OnFailure" }), [], "these are words"],
  [
    { ...inHead({}, { restartPolicy: "never" }), submissionMode: "SidecarMode" },
    ["restartPolicy RJ204"],
    "a mistake is told once",
  ],
];

const amounts: readonly Case[] = [
  [reserved({ cpu: "1" }, { cpu: "1001m" }), ["cpu RJ368"], "it is a little more"],
  [reserved({ cpu: 1 }, { cpu: "1000m" }), [], "it is the same"],
  [reserved({ cpu: "0.7" }, { cpu: "700m" }), [], "it is the same, whatever numbers make of it"],
  [reserved({ memory: "1Gi" }, { memory: "1073741824" }), [], "so is this"],
  [reserved({ memory: "1G" }, { memory: "1Gi" }), ["memory RJ368"], "powers of 1024 are larger"],
  [reserved({ memory: "1e9" }, { memory: "1G" }), [], "an exponent is a unit"],
  [reserved({}, { memory: "64Gi" }), [], "nothing limits it"],
  [reserved({ memory: UNKNOWN }, { memory: "64Gi" }), [], "the limit may be higher"],
  [reserved({ memory: "many" }, { memory: "64Gi" }), [], "that is no amount"],
  [reserved({}, { "nvidia.com/gpu": 1 }), ["nvidia.com/gpu RJ369"], "a GPU needs a limit"],
  [reserved({ "nvidia.com/gpu": 2 }, { "nvidia.com/gpu": 1 }), ["nvidia.com/gpu RJ369"], "the same one"],
  [reserved({ "nvidia.com/gpu": 1 }, { "nvidia.com/gpu": 2 }), ["nvidia.com/gpu RJ368"], "and no smaller one"],
  [reserved({ "nvidia.com/gpu": "1" }, { "nvidia.com/gpu": 1 }), [], "these are the same"],
  [reserved({ "hugepages-2Mi": "4Mi" }, { "hugepages-2Mi": "2Mi" }), ["hugepages-2Mi RJ369"], "pages are no different"],
  [reserved({}, { "requests.kubernetes.io/a": 1, "ephemeral-storage": "1Gi" }), [], "these are Kubernetes' own"],
];

describe("validate, of pods that Kubernetes refuses", () => {
  for (const [job, found, because] of [...mounts, ...words]) {
    it(`finds ${found.join(", ") || "nothing"} in ${JSON.stringify(job)}: ${because}`, () => {
      assert.deepEqual(told(job, `${head}.template.spec.`), found);
    });
  }

  for (const [job, found, because] of amounts) {
    it(`finds ${found.join(", ") || "nothing"} in the amounts of ${JSON.stringify(job)}: ${because}`, () => {
      const at = (codes: string) => codes.replace(/.*requests\W+([^"\]\s]+)\W* /, "$1 ");
      assert.deepEqual(told(job, "").map(at), found);
    });
  }

  it("looks at the workers, and at the submitter where there is one", () => {
    const spec = { restartPolicy: "Never", containers: [{ name: "a", image, volumeMounts, imagePullPolicy: "never" }] };
    const workerGroupSpecs = [{ groupName: "a", replicas: 1, template: { spec } }];
    const rayClusterSpec = { ...mapOf(aJob().rayClusterSpec), workerGroupSpecs };
    assert.deepEqual(told({ rayClusterSpec }, "rayClusterSpec.workerGroupSpecs[0].template.spec.containers[0]."), [
      "volumeMounts[0].name RJ366",
      "imagePullPolicy RJ367",
    ]);
    const submitterPodTemplate = { spec };
    assert.deepEqual(told({ submitterPodTemplate }, "submitterPodTemplate.spec.containers[0]."), [
      "volumeMounts[0].name RJ366",
      "imagePullPolicy RJ367",
    ]);
    assert.deepEqual(told({ submitterPodTemplate, submissionMode: "HTTPMode" }, ""), []);
  });

  it("looks at the autoscaler in the head's pod where there is one", () => {
    const autoscalerOptions = {
      volumeMounts,
      imagePullPolicy: "always",
      resources: { limits: { cpu: 1 }, requests: { cpu: 2 } },
    };
    const cluster = { ...mapOf(aJob().rayClusterSpec), autoscalerOptions, rayVersion: "2.52.0" };
    const codes = (enableInTreeAutoscaling: boolean) =>
      told({ rayClusterSpec: { ...cluster, enableInTreeAutoscaling } }, "rayClusterSpec.autoscalerOptions.");
    assert.deepEqual(codes(true), [
      "volumeMounts[0].name RJ366",
      "imagePullPolicy RJ367",
      "resources.requests.cpu RJ368",
    ]);
    assert.deepEqual(codes(false), []);
  });

  it("knows the types of a Service", () => {
    const withType = (serviceType: string) => {
      const { headGroupSpec, ...others } = mapOf(aJob().rayClusterSpec);
      return { rayClusterSpec: { ...others, headGroupSpec: { ...mapOf(headGroupSpec), serviceType } } };
    };
    assert.deepEqual(told(withType("Loadbalancer"), ""), [`${head}.serviceType RJ367`]);
    assert.deepEqual(told(withType("LoadBalancer"), ""), []);
  });

  it("finds the same in a manifest", () => {
    const { name: _, namespace: __, waitFor: ___, ...spec } = aJob(inHead({ volumeMounts }));
    const codes = validateManifest(spec).map(({ code }) => code);
    assert.ok(codes.includes("RJ366"), codes.join());
  });
});

const head = "rayClusterSpec.headGroupSpec";

function told(job: PropertyMap, prefix: string): string[] {
  return validate(aJob(job)).map(({ path, code }) => `${formatPath(path).replace(prefix, "")} ${code}`);
}

function inHead(container: PropertyMap, pod: PropertyMap = {}): PropertyMap {
  const spec: PropertyMap = { containers: [{ name: "ray-head", image, ...container }], ...pod };
  return { rayClusterSpec: { headGroupSpec: { template: { spec } } } };
}

function reserved(limits: PropertyMap, requests: PropertyMap): PropertyMap {
  const resources: Value = { limits, requests };
  return inHead({ resources });
}
