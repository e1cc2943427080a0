import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import type { TestNamespace } from "../../support/cluster.ts";
import type { Program, Rig } from "../../support/rig.ts";
import { errorOf, type Run } from "../../support/run.ts";
import { stageForAll } from "../../support/stage.ts";
import { until } from "../../support/until.ts";
import { headOnly, typed } from "./programs.ts";

// Real Ray on the real KubeRay: all of it plays on one cluster.

describe("on an existing cluster", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  let cluster: unknown;

  stageForAll(
    "existing",
    (name) => programIn(name, { one: { preRunningDeadlineSeconds: 15 } }),
    (stage) => {
      ({ namespace, rig } = stage);
    },
  );

  describe("that is not there", () => {
    let run: Run;

    before(async () => {
      run = await rig.up();
    });

    it("a job says so on its row, and in the error at its deadline", () => {
      const missing = `RayClusterNotFound: RayCluster ${namespace.name}/shared set in the clusterSelector is not found`;
      assert(!run.succeeded);
      assert(
        run.progress.some(({ name, message }) => name === "one" && message.includes(missing)),
        run.text,
      );
      assert.match(errorOf(run, "one"), /failed: PreRunningDeadlineExceeded/);
      assert(errorOf(run, "one").includes(missing), run.text);
    });
  });

  describe("that is coming up", () => {
    let run: Run;

    before(async () => {
      apply({ apiVersion: "ray.io/v1", kind: "RayCluster", metadata: { name: "shared" }, spec: headOnly() });
      // Not waited for, as in a program that makes the cluster, too.
      await until("the cluster's head", async () => (await namespace.pods("ray.io/cluster=shared")).length > 0);
      cluster = await seen();
      await rig.write(programIn(namespace.name, { one: meeting("one", "two"), two: meeting("two", "one"), bad, long }));
      run = await rig.up();
    });

    it("two jobs run at the same time, and a third one fails with its own words", async () => {
      assert.deepEqual(
        await phases(),
        { one: "Succeeded", two: "Succeeded", bad: "Failed", long: "Running" },
        run.text,
      );
      assert.match(errorOf(run, "bad"), /failed: AppFailed: the entrypoint failed/);
      const shown = run.diagnostics.filter(({ message }) => message.includes("no such luck"));
      assert.deepEqual(
        shown.map(({ name }) => name),
        ["bad"],
        run.text,
      );
    });

    it("their dashboard is that of the cluster", async () => {
      const { dashboardUrl, rayClusterName } = (await rig.state()).get("one")?.outputs ?? {};
      assert.equal(dashboardUrl, `http://shared-head-svc.${namespace.name}.svc.cluster.local:8265`);
      assert.equal(rayClusterName, "shared");
      assert.match(kubectl("get", "service", "shared-head-svc", "-o", "name"), /^service\//);
    });

    describe("once the failed one is mended, and the running one taken out", () => {
      let stopped: string;

      before(async () => {
        stopped = String((await rig.state()).get("long")?.outputs?.jobId);
        await rig.write(
          programIn(namespace.name, {
            one: meeting("one", "two"),
            two: meeting("two", "one"),
            bad: { entrypoint: "true" },
          }),
        );
        run = await rig.up();
      });

      it("only that one runs again, and the other one is stopped", async () => {
        assert(run.succeeded, run.text);
        const done = run.steps.filter(({ op }) => op === "same" || op === "replace" || op === "delete");
        assert.deepEqual(done.map(({ name, op }) => `${name} ${op}`).sort(), [
          "bad replace",
          "long delete",
          "one same",
          "two same",
        ]);
        const ray = ["exec", "svc/shared-head-svc", "--", "ray", "job", "status", stopped];
        // Ray gives the driver some seconds to end by itself.
        await until("the end of the driver", async () => /stopped/i.test(kubectl(...ray)), { deadlineSeconds: 60 });
      });

      it("a destroy takes the jobs, and the cluster has never been touched", async () => {
        const destroy = await rig.destroy();
        assert(destroy.succeeded, destroy.text);
        assert.equal(kubectl("get", "rayjobs,jobs", "-o", "name"), "");
        assert.deepEqual(await seen(), cluster);
      });
    });
  });

  after(() => kubectl("delete", "raycluster", "shared", "--ignore-not-found"));

  /** The cluster as it was made, and its pods. */
  async function seen(): Promise<unknown> {
    const { metadata, spec } = JSON.parse(kubectl("get", "raycluster", "shared", "-o", "json"));
    const pods = await namespace.pods("ray.io/cluster=shared");
    return {
      cluster: [metadata.uid, metadata.generation, metadata.labels, spec],
      pods: pods.map(({ metadata: pod, status }) => [pod?.uid, status?.containerStatuses?.[0]?.restartCount ?? 0]),
    };
  }

  async function phases(): Promise<Record<string, unknown>> {
    const jobs = [...(await rig.state())].filter(([, { type }]) => type === "rayjob:index:RayJob");
    return Object.fromEntries(jobs.map(([name, { outputs }]) => [name, outputs?.phase]));
  }

  function apply(object: object): void {
    execFileSync("kubectl", ["-n", namespace.name, "apply", "-f", "-"], { input: JSON.stringify(object) });
  }

  function kubectl(...args: readonly string[]): string {
    return typed(["kubectl", "-n", namespace.name, ...args].join(" "));
  }
});

function programIn(namespace: string, jobs: Readonly<Record<string, object>>): Program {
  const properties = { namespace, existingCluster: "shared", entrypoint: "true", timeoutSeconds: 240 };
  return {
    resources: Object.fromEntries(
      Object.entries(jobs).map(([name, more]) => [
        name,
        { type: "rayjob:RayJob", properties: { ...properties, ...more } },
      ]),
    ),
  };
}

/** Ends well only if the other one is there at the same time: both run on the head. The operator submits them, so that there is room. */
function meeting(own: string, other: string) {
  const wait = `for i in $(seq 120); do if [ -e /tmp/${other} ]; then sleep 2; exit 0; fi; sleep 1; done; exit 1`;
  return { entrypoint: `touch /tmp/${own}; ${wait}`, submissionMode: "HTTPMode" };
}

const bad = { entrypoint: "bash -c 'echo no such luck; exit 3'" };
const long = { entrypoint: "sleep 600", waitFor: "running", submissionMode: "HTTPMode" };
