import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sentenceOf } from "../../../../provider/findings/finding.ts";
import type { KubeRayFields } from "../../../../provider/job/spec/fields.ts";
import { specFindings } from "../../../../provider/job/spec/specFindings.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN, type Value } from "../../../../provider/values/value.ts";

const fields: KubeRayFields = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve("#kuberay-fields.json")), "utf8"),
);

const pod = "rayClusterSpec.headGroupSpec.template.spec";

describe("specFindings, of amounts", () => {
  const claim = { metadata: {}, spec: { resources: { requests: { storage: "1 Gi" } } } };
  const byField = { name: "A", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "1 m" } } };
  const wrong: readonly (readonly [spec: PropertyMap, at: string])[] = [
    [inContainer({ resources: { limits: { memory: "16 GB" } } }), "containers[0].resources.limits.memory"],
    [inContainer({ env: [byField] }), "containers[0].env[0].valueFrom.resourceFieldRef.divisor"],
    [inPod({ volumes: [{ name: "a", emptyDir: { sizeLimit: "10GB" } }] }), "volumes[0].emptyDir.sizeLimit"],
    [
      inPod({ volumes: [{ name: "a", ephemeral: { volumeClaimTemplate: claim } }] }),
      "volumes[0].ephemeral.volumeClaimTemplate.spec.resources.requests.storage",
    ],
    [inPod({ overhead: { cpu: "one" } }), "overhead.cpu"],
    [inPod({ resources: { requests: { cpu: "" } } }), "resources.requests.cpu"],
  ];
  for (const [spec, at] of wrong) {
    it(`does not read that of ${at}`, () => assert.deepEqual(found(spec), [`${pod}.${at} RJ361`]));
  }

  it("reads those of KubeRay's own objects, and of the submitter", () => {
    const resources = { limits: { cpu: "2 cores" } };
    assert.deepEqual(found({ rayClusterSpec: { autoscalerOptions: { resources } } }), [
      "rayClusterSpec.autoscalerOptions.resources.limits.cpu RJ361",
    ]);
    assert.deepEqual(found({ rayClusterSpec: { gcsFaultToleranceOptions: { storage: { size: "1GB" } } } }), [
      "rayClusterSpec.gcsFaultToleranceOptions.storage.size RJ361",
    ]);
    assert.deepEqual(found({ submitterPodTemplate: { spec: { overhead: { cpu: "2 cores" } } } }), [
      "submitterPodTemplate.spec.overhead.cpu RJ361",
    ]);
  });

  it("takes what Kubernetes does, what is no text, and what is no amount", () => {
    const amounts: readonly Value[] = ["10Gi", "1e3", ".5", "5.", "+1", "-1", "100m", "0", 4, UNKNOWN];
    for (const amount of amounts)
      assert.deepEqual(found(inPod({ volumes: [{ name: "a", emptyDir: { sizeLimit: amount } }] })), []);
    assert.deepEqual(found(inContainer({ livenessProbe: { httpGet: { port: "http port" } } })), []);
  });

  it("says what it cannot read, and how to write it", () => {
    const [finding] = specFindings(inPod({ volumes: [{ name: "a", emptyDir: { sizeLimit: "10GB" } }] }), fields);
    assert.ok(finding);
    assert.equal(
      sentenceOf(finding),
      'Cannot read "10GB" as an amount of sizeLimit. Hint: Write a number with one of Kubernetes\' units, such as 500m, 4 or 16Gi (RJ361)',
    );
  });
});

describe("specFindings, of lists whose elements are known by something", () => {
  const lists: readonly (readonly [
    list: (elements: readonly Value[]) => PropertyMap,
    at: string,
    ...elements: Value[],
  ])[] = [
    [(env) => inContainer({ env }), `${pod}.containers[0].env`, { name: "A" }, { name: "B" }],
    [
      (ports) => inContainer({ ports }),
      `${pod}.containers[0].ports`,
      { containerPort: 80 },
      { containerPort: 80, protocol: "UDP" },
    ],
    [
      (volumeDevices) => inContainer({ volumeDevices }),
      `${pod}.containers[0].volumeDevices`,
      { name: "a", devicePath: "/dev/a" },
      { name: "a", devicePath: "/dev/b" },
    ],
    [(imagePullSecrets) => inPod({ imagePullSecrets }), `${pod}.imagePullSecrets`, {}, { name: "a" }],
    [
      (hostAliases) => inPod({ hostAliases }),
      `${pod}.hostAliases`,
      { ip: "10.0.0.1", hostnames: ["a"] },
      { ip: "10.0.0.2" },
    ],
    [
      (topologySpreadConstraints) => inPod({ topologySpreadConstraints }),
      `${pod}.topologySpreadConstraints`,
      { topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule", maxSkew: 1 },
      { topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 1 },
    ],
    [(resourceClaims) => inPod({ resourceClaims }), `${pod}.resourceClaims`, { name: "a" }, { name: "b" }],
    [(schedulingGates) => inPod({ schedulingGates }), `${pod}.schedulingGates`, { name: "a" }, { name: "b" }],
    [
      (ports) => ({ rayClusterSpec: { headGroupSpec: { headService: { spec: { ports } } } } }),
      "rayClusterSpec.headGroupSpec.headService.spec.ports",
      { port: 1, name: "a" },
      { port: 1, protocol: "UDP" },
    ],
  ];
  for (const [list, at, first = null, second = null] of lists) {
    it(`finds an element of ${at} that is there twice`, () => {
      assert.deepEqual(found(list([first, second, first])), [`${at}[2] RJ356`]);
      assert.deepEqual(found(list([first, second])), []);
    });
  }

  it("knows that a port without a protocol is one for TCP, as the API server does", () => {
    const ports = [{ containerPort: 80 }, { containerPort: 80, protocol: "TCP" }];
    assert.deepEqual(found(inContainer({ ports })), [`${pod}.containers[0].ports[1] RJ356`]);
  });

  it("finds the repeated variable beside one whose name is unknown, and beside a list that is", () => {
    const env: Value = [{ name: UNKNOWN }, { name: "A" }, UNKNOWN, { name: "A" }, { name: UNKNOWN }];
    assert.deepEqual(found(inContainer({ env, ports: UNKNOWN })), [`${pod}.containers[0].env[3] RJ356`]);
  });

  it("lets the variables of KubeRay's own containers be there twice, as the API server does", () => {
    const env = [{ name: "A" }, { name: "A" }];
    assert.deepEqual(found({ rayClusterSpec: { autoscalerOptions: { env } } }), []);
  });
});

function inPod(spec: PropertyMap): PropertyMap {
  return { rayClusterSpec: { headGroupSpec: { template: { spec } } } };
}

function inContainer(container: PropertyMap): PropertyMap {
  return inPod({ containers: [{ name: "ray", ...container }] });
}

function found(spec: PropertyMap): string[] {
  return specFindings(spec, fields).map(({ path, code }) => `${formatPath(path)} ${code}`);
}
