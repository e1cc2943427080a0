import assert from "node:assert/strict";
import type { TestNamespace } from "../../support/cluster.ts";
import { releasedCrds } from "../../support/crds.ts";
import type { Rig } from "../../support/rig.ts";
import { errorOf } from "../../support/run.ts";
import { stageForEach } from "../../support/stage.ts";
import { componentJob, componentProgram, jobProperties } from "../programs.ts";
import { failedStatus, succeededStatus } from "../statuses.ts";

describe("when a part of a component fails and the deployment goes on in spite of errors", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach("continue", jobsIn, (stage) => {
    ({ namespace, rig } = stage);
  });

  it("jobs beside it, those of other components, too, come to their ends; what uses it does not begin", async () => {
    const up = rig.up({ continueOnError: true });
    const failed = await report("it-bad", failedStatus);
    await report("it-good", succeededStatus);
    await report("other-late", succeededStatus);
    const run = await up;
    assert(!run.succeeded);
    assert.deepEqual(await phases(), { "it-bad": "Failed", "it-good": "Succeeded", "other-late": "Succeeded" });
    assert.match(errorOf(run, "it-bad"), new RegExp(`RayJob/${namespace.name}/${failed} failed: AppFailed`));
    assert.match(run.text, /resource 'it' has a problem: A part of "it" has failed: see its own error/);
    assert.doesNotMatch(run.text, /unhandled|failed to register|error serializing/);
  });

  it("an operator that cannot be installed is not taken for one that is there", async () => {
    await rig.write(secondOperatorIn(namespace.name));
    const run = await rig.up({ continueOnError: true });
    assert(!run.succeeded);
    assert.match(errorOf(run, "second"), /serves the whole cluster already/);
    assert.match(run.text, /A part of "second" has failed/);
    assert.deepEqual(await phases(), {});
  });

  async function report(job: string, status: object): Promise<string> {
    const { metadata } = await namespace.until(({ metadata }) => metadata.name.startsWith(`${job}-`));
    await namespace.report(metadata.name, status);
    return metadata.name;
  }

  async function phases(): Promise<Record<string, unknown>> {
    const jobs = [...(await rig.state())].filter(([, { type }]) => type === "rayjob:index:RayJob");
    return Object.fromEntries(jobs.map(([name, { outputs }]) => [name, outputs?.phase]));
  }
});

function jobsIn(namespace: string) {
  const { it } = componentProgram(namespace, { bad: componentJob(), good: componentJob() }).resources;
  const { it: other } = componentProgram(namespace, { late: componentJob() }).resources;
  const rerunToken = '${it.runs["bad"].name}';
  const after = { type: "rayjob:RayJob", properties: jobProperties(namespace, { rerunToken }) };
  return { resources: { it, other, after } };
}

/** The cluster has one already, which is what the CRDs say. */
function secondOperatorIn(namespace: string) {
  const properties = { crds: { source: releasedCrds("1.6.2") }, namespace };
  const after = { properties: jobProperties(namespace, { waitFor: "none" }), options: { dependsOn: ["${second}"] } };
  return {
    resources: {
      second: { type: "rayjob:KubeRayOperator", properties: { ...properties, createNamespace: false } },
      after: { type: "rayjob:RayJob", ...after },
    },
  };
}
