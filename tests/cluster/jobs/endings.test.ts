import assert from "node:assert/strict";
import type { TestNamespace } from "../../support/cluster.ts";
import type { Program, Rig, StoredResource } from "../../support/rig.ts";
import { errorOf, opsOf, type Run } from "../../support/run.ts";
import { stageForAll } from "../../support/stage.ts";
import { until } from "../../support/until.ts";
import { headOnly, smallJob, typed } from "./programs.ts";

// Real Ray on the real KubeRay: a job takes half a minute, so these run side by side.

describe("of several jobs in one program", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  let run: Run;
  let state: ReadonlyMap<string, StoredResource>;

  stageForAll("endings", programIn, (stage) => {
    ({ namespace, rig } = stage);
  });

  before(async () => {
    const deployment = rig.up();
    await spoil("refused");
    run = await deployment;
    state = await rig.state();
  });

  it("each comes to its own end, and the failed ones fail the deployment with one error each", () => {
    assert(!run.succeeded);
    const names = ["good", "raising", "unpullable", "refused"];
    assert.deepEqual(
      names.map((name) => [name, outputsOf(name).phase, state.get(name)?.initErrors?.length ?? 0]),
      [
        ["good", "Succeeded", 0],
        ["raising", "Failed", 1],
        ["unpullable", "Failed", 1],
        ["refused", "Failed", 1],
      ],
      run.text,
    );
    const errors = run.diagnostics.filter(({ severity, name }) => severity === "error" && names.includes(name));
    assert.equal(errors.length, 3, run.text);
  });

  it("a good one has its outputs", () => {
    const { name, jobId, rayClusterName, startTime, endTime, ...others } = outputsOf("good");
    assert.match(String(name), /^good-[0-9a-f]{8}$/);
    assert.match(String(jobId), new RegExp(`^${name}-\\w{5}$`));
    assert.match(String(rayClusterName), new RegExp(`^${name}-\\w{5}$`));
    assert(Date.parse(String(startTime)) < Date.parse(String(endTime)), `${startTime} ${endTime}`);
    assert.partialDeepStrictEqual(others, { jobStatus: "SUCCEEDED", jobDeploymentStatus: "Complete" });
  });

  it("a good one leaves its RayJob and its log when its TTL has taken the cluster", async () => {
    const { name, rayClusterName, logsCommand } = outputsOf("good");
    await namespace.untilNoPods(`ray.io/cluster=${rayClusterName}`);
    assert.equal(objects("rayclusters", `ray.io/originated-from-cr-name=${name}`), "");
    assert.equal((await namespace.rayJob(String(name))).status?.jobStatus, "SUCCEEDED");
    assert.match(typed(logsCommand), /^six times seven is 42$/m);
  });

  it("one that raises shows the reason, the exit code and what to type", () => {
    const { name } = outputsOf("raising");
    assert.equal(
      reasonOf("raising"),
      `RayJob/${namespace.name}/${name} failed: AppFailed: the entrypoint failed
Job entrypoint command failed with exit code 1
To see more:
  kubectl -n ${namespace.name} logs job/${name}
  kubectl -n ${namespace.name} describe rayjob ${name}`,
    );
    assert(errorOf(run, "raising").includes(reasonOf("raising")), run.text);
  });

  it("one that raises shows the driver's last lines, once, and keeps them out of the state", async () => {
    const shown = run.diagnostics.filter(({ message }) => message.includes("No such file or directory"));
    assert.deepEqual(
      shown.map(({ name, message }) => [name, message]),
      [["raising", lastLines]],
    );
    assert(!(await rig.stateText()).includes("No such file or directory"));
  });

  it("one whose image cannot be pulled fails at its deadline, and says which pod lacks which image, on its row before", () => {
    const { rayClusterName } = outputsOf("unpullable");
    const blocker = new RegExp(`head pod ${rayClusterName}-head-\\w+: cannot pull image "${image}"`);
    assert.match(reasonOf("unpullable"), /failed: PreRunningDeadlineExceeded: .*\nHeld up by head pod /s);
    assert.match(reasonOf("unpullable"), blocker);
    const row = run.progress.filter(({ name }) => name === "unpullable").map(({ message }) => message);
    assert.match(row.join("\n"), blocker);
  });

  it("one that the operator refuses, as somebody has edited it, fails with the operator's words", () => {
    assert.match(reasonOf("refused"), /failed: ValidationFailed: .*\nThe RayJob spec is invalid: .*redis username/);
  });

  it("each failed one tells only commands that work", () => {
    for (const name of ["raising", "unpullable", "refused"]) {
      const [, commands = ""] = reasonOf(name).split("To see more:\n");
      for (const command of commands.split("\n")) assert.notEqual(typed(command), "", `${name}: ${command}`);
    }
  });

  it("only those that failed are run again by the next deployment", async () => {
    const preview = await rig.preview();
    assert.deepEqual(
      preview.steps
        .filter(({ op }) => op !== "delete-replaced" && op !== "create-replacement")
        .map(changeOf)
        .sort(),
      [
        "good same {}",
        'raising replace {"jobStatus":"delete-replace"}',
        'refused replace {"phase":"delete-replace"}',
        'unpullable replace {"phase":"delete-replace"}',
      ],
      preview.text,
    );
  });

  describe("once they are mended or taken out", () => {
    let mended: Run;

    before(async () => {
      await rig.write({
        resources: {
          good: jobIn(namespace.name, good),
          raising: jobIn(namespace.name, { entrypoint: "true" }),
          refused: jobIn(namespace.name, { submissionMode: "HTTPMode" }),
        },
      });
      mended = await rig.up();
    });

    it("all succeed, and nothing of the failed runs is left", async () => {
      assert(mended.succeeded, mended.text);
      const now = [...(await rig.state()).values()].filter(({ outputs }) => outputs?.phase !== undefined);
      assert.deepEqual(
        now.map(({ outputs }) => outputs?.phase),
        ["Succeeded", "Succeeded", "Succeeded"],
      );
      const names = now.map(({ outputs }) => String(outputs?.name)).sort();
      assert.deepEqual((await namespace.rayJobs()).map(({ metadata }) => metadata.name).sort(), names);
      for (const { outputs } of state.values()) {
        const old = String(outputs?.name);
        if (names.includes(old)) continue;
        assert.equal(objects("jobs,pods", `job-name=${old}`), "");
        assert.equal(objects("rayclusters,jobs", `ray.io/originated-from-cr-name=${old}`), "");
      }
    });

    it("nothing is left to do, for a preview and for a refresh", async () => {
      const same = ["good same", "raising same", "refused same"];
      assert.deepEqual(opsOf(await rig.preview()).sort(), same);
      assert.deepEqual(opsOf(await rig.refresh()).sort(), same);
    });

    it("a destroy leaves nothing", async () => {
      const destroy = await rig.destroy();
      assert(destroy.succeeded, destroy.text);
      assert.equal(objects("rayjobs,rayclusters,jobs,pods"), "");
    });
  });

  function programIn(name: string): Program {
    return {
      resources: {
        good: jobIn(name, good),
        raising: jobIn(name, { entrypoint: raise }),
        unpullable: jobIn(name, {
          rayClusterSpec: headOnly({ image }),
          preRunningDeadlineSeconds: 20,
          ttlSecondsAfterFinished: 600,
        }),
        refused: jobIn(name, {}),
      },
    };
  }

  /** What this package would refuse in the preview, somebody does on the cluster. */
  async function spoil(job: string): Promise<void> {
    const rayJob = await until(`the RayJob of ${job}`, async () =>
      (await namespace.rayJobs()).find(({ metadata }) => metadata.name.startsWith(`${job}-`)),
    );
    const headGroupSpec = { rayStartParams: { "redis-username": "me" } };
    await namespace.edit(rayJob.metadata.name, { spec: { rayClusterSpec: { headGroupSpec } } });
  }

  function jobIn(name: string, more: object) {
    return smallJob(name, { entrypoint: "true", ...more });
  }

  function outputsOf(name: string): Readonly<Record<string, unknown>> {
    return state.get(name)?.outputs ?? {};
  }

  /** Just as the plug-in gave it: the engine's own events lack the escape sequences. */
  function reasonOf(name: string): string {
    return state.get(name)?.initErrors?.join("\n") ?? "";
  }

  function objects(kinds: string, selector = ""): string {
    return typed(`kubectl -n ${namespace.name} get ${kinds} -o name -l '${selector}'`);
  }
});

const good = { entrypoint: `python -c "print('six times seven is', 6 * 7)"`, ttlSecondsAfterFinished: 1 };
const raise = `python -c "print(chr(27) + '[31mreading' + chr(27) + '[0m'); open('/no/such/data.csv')"`;
const image = "rayproject/ray:no-such-version";

const lastLines = `The last lines of the driver's log:
  reading
  Traceback (most recent call last):
    File "<string>", line 1, in <module>
  FileNotFoundError: [Errno 2] No such file or directory: '/no/such/data.csv'`;

function changeOf({ name, op, detailedDiff }: Run["steps"][number]): string {
  return [name, op, JSON.stringify(detailedDiff)].join(" ");
}
