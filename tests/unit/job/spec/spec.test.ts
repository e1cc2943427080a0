import assert from "node:assert/strict";
import { type Finding, sentenceOf } from "../../../../provider/findings/finding.ts";
import { shapeFindings } from "../../../../provider/findings/shape.ts";
import { versionFindings } from "../../../../provider/job/spec/versions.ts";
import { kubeRayFields, rayJobSchema } from "../../../../provider/schema/packageSchema.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN } from "../../../../provider/values/value.ts";
import { aJob } from "../aJob.ts";

const container = { name: "ray-head", image: "rayproject/ray:2.52.0" };

describe("the fields of KubeRay's objects", () => {
  const wrong: readonly { readonly said: PropertyMap; readonly at: string; readonly says: RegExp }[] = [
    {
      said: inHead({ rayStartParam: {} }),
      at: "rayClusterSpec.headGroupSpec.rayStartParam",
      says: /There is no property "rayStartParam" here\. Hint: Did you mean "rayStartParams"\?/,
    },
    {
      said: inContainer({ imagePullPolcy: "Always" }),
      at: "rayClusterSpec.headGroupSpec.template.spec.containers[0].imagePullPolcy",
      says: /Did you mean "imagePullPolicy"\?/,
    },
    {
      said: inContainer({ ports: [{ containerPort: "8265" }] }),
      at: "rayClusterSpec.headGroupSpec.template.spec.containers[0].ports[0].containerPort",
      says: /must be an integer, but is a string/,
    },
    {
      said: inHead({ rayStartParams: { "num-cpus": 2 } }),
      at: "rayClusterSpec.headGroupSpec.rayStartParams.num-cpus",
      says: /must be a string, but is a number\. Hint: Put the value in quotes/,
    },
    {
      said: inContainer({ resources: { limits: { cpu: 0.5 } } }),
      at: "rayClusterSpec.headGroupSpec.template.spec.containers[0].resources.limits.cpu",
      says: /must be an integer or a string/,
    },
    { said: { submitterConfig: { backofLimit: 1 } }, at: "submitterConfig.backofLimit", says: /"backoffLimit"\?/ },
    {
      said: { deletionStrategy: { deletionRules: [{ policy: "DeleteCluster" }] } },
      at: "deletionStrategy.deletionRules[0].condition",
      says: /"condition" is missing/,
    },
  ];
  for (const { said, at, says } of wrong) {
    it(`know what is wrong with ${at}`, async () => {
      const [finding, ...others] = shapeFindings(aJob(said), await rayJobSchema(), "rayjob:index:RayJob");
      assert.deepEqual(others, []);
      assert(finding !== undefined);
      assert.equal(formatPath(finding.path), at);
      assert.match(sentenceOf(finding), says);
    });
  }

  const right: readonly PropertyMap[] = [
    inContainer({ resources: { limits: { cpu: 1, memory: "2Gi", "nvidia.com/gpu": 1 } } }),
    inContainer({ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }] }),
    inContainer({
      securityContext: { capabilities: { add: ["SYS_PTRACE"] } },
      livenessProbe: { tcpSocket: { port: "http" } },
    }),
    inHead({ headService: { spec: { type: "LoadBalancer" } } }),
    inHead({
      template: { metadata: { labels: { a: "b" } }, spec: { containers: [container], nodeSelector: { a: "b" } } },
    }),
    inHead({ template: UNKNOWN }),
  ];
  for (const said of right) {
    it(`take ${JSON.stringify(said.rayClusterSpec).slice(0, 120)}`, async () => {
      assert.deepEqual(shapeFindings(aJob(said), await rayJobSchema(), "rayjob:index:RayJob"), []);
    });
  }
});

describe("the fields that a version of KubeRay lacks", () => {
  const cases: readonly { readonly said: PropertyMap; readonly at: string; readonly since: string }[] = [
    { said: { preRunningDeadlineSeconds: 60 }, at: "preRunningDeadlineSeconds", since: "1.6.2" },
    { said: inCluster({ networkPolicy: { mode: "DenyAll" } }), at: "rayClusterSpec.networkPolicy", since: "1.7.0" },
    {
      said: inCluster({ workerGroupSpecs: [{ groupName: "a" }, { groupName: "b", priority: 1 }] }),
      at: "rayClusterSpec.workerGroupSpecs[1].priority",
      since: "1.7.0",
    },
    {
      said: { deletionStrategy: { deletionRules: [{ condition: { jobDeploymentStatus: "Failed" } }] } },
      at: "deletionStrategy.deletionRules[0].condition.jobDeploymentStatus",
      since: "1.6.2",
    },
  ];
  for (const { said, at, since } of cases) {
    it(`include ${at}, which came with ${since}`, async () => {
      const [finding, ...others] = await lacking(said, since === "1.7.0" ? "1.6.2" : "1.5.1");
      assert.deepEqual(others, []);
      assert(finding !== undefined);
      assert.equal(formatPath(finding.path), at);
      assert.match(sentenceOf(finding), new RegExp(`Install KubeRay ${since} or newer`));
      assert.deepEqual(await lacking(said, since), []);
    });
  }

  it("are none where the version is not known, or nothing is set", async () => {
    const networkPolicy = { mode: "DenyAll" };
    assert.deepEqual(await lacking(inCluster({ networkPolicy }), "undefined"), []);
    assert.deepEqual(await lacking(inCluster({ networkPolicy: null }), "1.5.1"), []);
  });
});

async function lacking(said: PropertyMap, version: string): Promise<Finding[]> {
  return versionFindings(said, version, await kubeRayFields());
}

function inCluster(fields: PropertyMap): PropertyMap {
  return { rayClusterSpec: fields };
}

function inHead(fields: PropertyMap): PropertyMap {
  return inCluster({ headGroupSpec: { template: { spec: { containers: [container] } }, ...fields } });
}

function inContainer(fields: PropertyMap): PropertyMap {
  return inHead({ template: { spec: { containers: [{ ...container, ...fields }] } } });
}
