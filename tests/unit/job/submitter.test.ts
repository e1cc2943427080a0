import assert from "node:assert/strict";
import { submitterPodTemplateOf } from "../../../provider/job/submitter.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

const ofPod = {
  imagePullSecrets: [{ name: "registry" }],
  serviceAccountName: "ray",
  tolerations: [{ key: "nvidia.com/gpu", operator: "Exists" }],
  nodeSelector: { pool: "gpu" },
  securityContext: { runAsNonRoot: true },
};
const ofContainer = { imagePullPolicy: "Always", securityContext: { runAsUser: 1000 } };
const gpus = { resources: { limits: { "nvidia.com/gpu": 1 } }, env: [{ name: "A", value: "1" }] };

describe("the pod of the submitter", () => {
  it("is left to KubeRay where the head has nothing that it would lack", () => {
    assert.equal(submitterPodTemplateOf(aJob()), undefined);
    assert.equal(submitterPodTemplateOf(withHead({}, gpus)), undefined);
  });

  it("has of the head what it needs to start, and KubeRay's own modest resources", () => {
    assert.deepEqual(submitterPodTemplateOf(withHead(ofPod, { ...ofContainer, ...gpus })), {
      spec: {
        ...ofPod,
        restartPolicy: "Never",
        containers: [
          {
            name: "ray-job-submitter",
            image: "ray",
            resources: { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "500m", memory: "200Mi" } },
            ...ofContainer,
          },
        ],
      },
    });
  });

  it("has the service account that the job gives to Ray's pods", () => {
    const { spec } = submitterPodTemplateOf({ ...aJob(), serviceAccountName: "trainer" }) as { spec: PropertyMap };
    assert.equal(spec.serviceAccountName, "trainer");
  });

  it("has the labels of the job's pods, of which those of its own template win", () => {
    const podLabels = { team: "ml", tier: "gold" };
    const [made, completed] = [undefined, { metadata: { labels: { tier: "free" } }, spec: { containers: [{}] } }].map(
      (submitterPodTemplate) => submitterPodTemplateOf(aJob({ podLabels, submitterPodTemplate })) as PropertyMap,
    );
    assert.deepEqual(made?.metadata, { labels: podLabels });
    assert.deepEqual(completed?.metadata, { labels: { team: "ml", tier: "free" } });
  });

  it("is the user's, completed by what it does not say", () => {
    const said = { serviceAccountName: "submitter", tolerations: [{ key: "mine" }] };
    const template = {
      metadata: { labels: { a: "b" } },
      spec: {
        ...said,
        containers: [
          { name: "s", image: "" },
          { name: "sidecar", image: "x" },
        ],
      },
    };
    assert.deepEqual(submitterPodTemplateOf({ ...withHead(ofPod, ofContainer), submitterPodTemplate: template }), {
      metadata: { labels: { a: "b" } },
      spec: {
        ...ofPod,
        ...said,
        restartPolicy: "Never",
        containers: [
          { name: "s", image: "ray", ...ofContainer },
          { name: "sidecar", image: "x" },
        ],
      },
    });
  });

  it("is nobody's business in the other modes", () => {
    for (const submissionMode of ["SidecarMode", "HTTPMode", "InteractiveMode"]) {
      assert.equal(submitterPodTemplateOf({ ...withHead(ofPod, {}), submissionMode }), undefined);
    }
  });

  it("on an existing cluster has what the user says, and a restart policy", () => {
    const template = { spec: { containers: [{ name: "s", image: "ray" }] } };
    const job = { existingCluster: "shared", submitterPodTemplate: template };
    assert.deepEqual(submitterPodTemplateOf(job), { spec: { ...template.spec, restartPolicy: "Never" } });
  });
});

function withHead(pod: PropertyMap, container: PropertyMap): PropertyMap {
  const containers = [{ name: "ray-head", image: "ray", ...container }];
  return aJob({ rayClusterSpec: { headGroupSpec: { template: { spec: { ...pod, containers } } } } });
}
