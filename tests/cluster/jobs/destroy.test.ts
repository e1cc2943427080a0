import assert from "node:assert/strict";
import type { RayJobStatus } from "../../../provider/job/rayJob.ts";
import type { TestNamespace } from "../../support/cluster.ts";
import type { Program, Rig } from "../../support/rig.ts";
import { stageForAll } from "../../support/stage.ts";
import { headOnly, smallJob, typed } from "./programs.ts";

// Real Ray on the real KubeRay: one destroy for all.

const stages: { name: string; more: object; isThere: (status: RayJobStatus) => boolean }[] = [
  {
    name: "running",
    more: { entrypoint: "sleep 600" },
    isThere: ({ jobStatus }) => jobStatus === "RUNNING",
  },
  {
    name: "pending",
    more: { rayClusterSpec: tooLarge() },
    isThere: ({ jobDeploymentStatus }) => jobDeploymentStatus === "Initializing",
  },
  {
    name: "retrying",
    more: { rayClusterSpec: tooLarge(), preRunningDeadlineSeconds: 3, backoffLimit: 100 },
    isThere: ({ failed = 0 }) => failed > 0,
  },
  {
    name: "suspended",
    more: { suspend: true },
    isThere: ({ jobDeploymentStatus }) => jobDeploymentStatus === "Suspended",
  },
];

describe("a destroy", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForAll("destroy", programIn, (stage) => {
    ({ namespace, rig } = stage);
  });

  before(async () => {
    const up = await rig.up();
    assert(up.succeeded, up.text);
    for (const { name, isThere } of stages) {
      await namespace.until(({ metadata, status }) => metadata.name.startsWith(`${name}-`) && isThere(status ?? {}));
    }
  });

  it(`stops jobs at every stage and leaves nothing: ${stages.map(({ name }) => name).join(", ")}`, async () => {
    assert.match(objects("pods"), /running-\w+-\w+-head/);
    assert.match(objects("pods"), /pending-\w+-\w+-head/);
    const destroy = await rig.destroy();
    assert(destroy.succeeded, destroy.text);
    assert.equal(objects("rayjobs,rayclusters,jobs,pods,services,secrets,roles,rolebindings"), "");
  });

  function objects(kinds: string): string {
    return typed(`kubectl -n ${namespace.name} get ${kinds} -o name`);
  }
});

function programIn(namespace: string): Program {
  const jobs = stages.map(({ name, more }) => {
    return [name, smallJob(namespace, { entrypoint: "true", waitFor: "none", ...more })] as const;
  });
  return { resources: Object.fromEntries(jobs) };
}

function tooLarge() {
  const { headGroupSpec } = headOnly();
  const [container] = headGroupSpec.template.spec.containers;
  const containers = [{ ...container, resources: { requests: { cpu: "1000" } } }];
  return { headGroupSpec: { ...headGroupSpec, template: { spec: { containers } } } };
}
