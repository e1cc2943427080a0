import assert from "node:assert/strict";
import type { RayJobStatus } from "../../provider/job/rayJob.ts";
import type { TestNamespace } from "../support/cluster.ts";
import type { Rig } from "../support/rig.ts";
import { Rows } from "../support/rows.ts";
import { errorOf } from "../support/run.ts";
import { stageForEach } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { pairs, rows } from "../support/verdictTable.ts";
import { jobProgram, jobProperties } from "./programs.ts";
import { runningStatus, succeededStatus } from "./statuses.ts";

interface Case {
  readonly name: string;
  readonly status: RayJobStatus;
  readonly becomes: string;
  readonly error?: string;
}

describe("the verdict on a job", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach("verdict", jobProgram, (stage) => {
    ({ namespace, rig } = stage);
  });

  it("is that of the table for every pair of statuses and every row, in one deployment", async () => {
    const jobs = new Map([...rows, ...everyPair()].map((row, index) => [`case-${index}`, row]));
    const resources = [...jobs.keys()].map((name) => [
      name,
      { type: "rayjob:RayJob", properties: jobProperties(namespace.name, { name }) },
    ]);
    await rig.write({ resources: Object.fromEntries(resources) });
    const seen = new Rows();
    const up = rig.up({ rows: seen, parallel: 128, continueOnError: true });
    await until("all jobs", async () => (await namespace.rayJobs()).length === jobs.size);
    for (const [name, { status }] of jobs) await namespace.report(name, status);

    const waiting = named((row) => row.becomes === "waiting");
    const ending = named((row) => row.becomes !== "waiting");
    await until("the end of those that end", async () => ending.every((name) => seen.ended.has(name)));
    assert.deepEqual(waiting.filter((name) => seen.ended.has(name)).map(title), []);
    for (const name of waiting) await namespace.report(name, succeededStatus);

    const run = await up;
    const failed = named((row) => row.becomes === "failure");
    const state = await rig.state();
    assert.deepEqual(
      [...jobs.keys()].filter((name) => state.get(name)?.initErrors?.length).map(title),
      failed.map(title),
    );
    for (const name of failed) {
      const { error = "failed: " } = jobs.get(name) ?? {};
      const beginning = `RayJob/${namespace.name}/${name} ${error}`;
      const told = errorOf(run, name);
      assert(told.includes(beginning), `${title(name)}: ${told}`);
    }

    function named(condition: (row: Case) => boolean): string[] {
      return [...jobs].filter(([, row]) => condition(row)).map(([name]) => name);
    }

    function title(name: string): string {
      return `${name}: ${jobs.get(name)?.name}`;
    }
  });

  it("tells a job that was deleted from one that was created again under the same name", async () => {
    const name = "train";
    await rig.write(jobProgram(namespace.name, { name, waitFor: "none" }));
    assert((await rig.up()).succeeded);
    await namespace.report(name, runningStatus);
    await namespace.delete(name);
    const { metadata } = await namespace.createRayJob({
      apiVersion: "ray.io/v1",
      kind: "RayJob",
      metadata: { name },
      spec: { managedBy: "kueue.x-k8s.io/multikueue" },
    });
    await namespace.report(name, succeededStatus);
    await rig.write(jobProgram(namespace.name, { name }));
    const run = await rig.up();
    assert(!run.succeeded);
    assert.match(
      errorOf(run, "train"),
      new RegExp(`train is another one now: It was deleted .* created again under the same name .UID ${metadata.uid}`),
    );
    assert.equal((await rig.state()).get("train")?.outputs?.phase, "Gone");
  });
});

function everyPair(): Case[] {
  return pairs.flatMap(({ kubeRay, ray, state, ended }) =>
    ray.map((jobStatus) => ({
      name: `"${kubeRay}" with "${jobStatus}"`,
      status: { jobDeploymentStatus: kubeRay, jobStatus },
      becomes: ended ? (state === "succeeded" ? "success" : "failure") : "waiting",
      ...(state === "stopped" && { error: "was stopped: " }),
    })),
  );
}
