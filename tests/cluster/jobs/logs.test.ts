import assert from "node:assert/strict";
import { connect } from "../../../provider/kube/connection/connect.ts";
import { driverLogTail } from "../../../provider/kube/logs/driverLogTail.ts";
import type { TestNamespace } from "../../support/cluster.ts";
import type { Program, Rig } from "../../support/rig.ts";
import type { Run } from "../../support/run.ts";
import { stageForAll } from "../../support/stage.ts";
import { smallJob } from "./programs.ts";

// Real Ray: a job that takes its time and one that fails at once, for each place where a log can be.

for (const submissionMode of ["K8sJobMode", "SidecarMode", "HTTPMode"]) {
  describe(`the driver's log in ${submissionMode}`, () => {
    let namespace: TestNamespace;
    let rig: Rig;
    let run: Run;

    stageForAll("logs", programIn, (stage) => {
      ({ namespace, rig } = stage);
    });

    before(async () => {
      run = await rig.up();
    });

    it("is streamed while the job runs: each line once, in their order, in more than one message", async () => {
      const messages = shown("slow");
      assert.deepEqual(messages.join("\n").split("\n"), steps, `${run.text}\n${await namespace.describe()}`);
      assert(messages.length > 1, messages.join("\n\n"));
    });

    it("shows its last line on the row, beside how long the job has been running", () => {
      const rows = run.progress.filter(({ name }) => name === "slow").map(({ message }) => message);
      assert.match(rows.join("\n"), /^running, \d+s: step \d+$/m);
    });

    it("of a job that fails at once is streamed, and not shown again before the error", () => {
      const messages = run.diagnostics.filter(({ name, severity }) => name === "failing" && severity !== "warning");
      assert.deepEqual(
        messages.map(({ severity }) => severity),
        ["info", "error"],
        run.text,
      );
      assert.equal(messages[0]?.message, "no data\ngiving up");
      assert.match(messages[1]?.message ?? "", /failed: (AppFailed|SubmissionFailed): /);
    });

    it("has its last lines after the end, too", async () => {
      const rayJob = (await namespace.rayJobs()).find(({ metadata }) => metadata.name.startsWith("failing"));
      assert(rayJob);
      assert.deepEqual(await driverLogTail(await connect(), rayJob, 1), ["giving up"]);
    });

    it("is kept in no state", async () => {
      const said = run.diagnostics.filter(({ severity }) => severity === "info").map(({ message }) => message);
      const state = await rig.stateText();
      for (const line of said.join("\n").split("\n")) assert(!state.includes(`${line}\\n`), line);
    });

    function programIn(name: string): Program {
      const more = { submissionMode, logs: "stream", ttlSecondsAfterFinished: 600 };
      return {
        resources: {
          slow: smallJob(name, { ...more, entrypoint: onceRayTakesJobs(submissionMode, slow) }),
          failing: smallJob(name, { ...more, entrypoint: onceRayTakesJobs(submissionMode, failing) }),
        },
      };
    }

    function shown(name: string): string[] {
      const messages = run.diagnostics.filter((each) => each.name === name && each.severity === "info");
      return messages.map(({ message }) => message);
    }
  });
}

/**
 * Ray 2.9 refuses jobs for some seconds after its dashboard is up, and the sidecar tries only once; and KubeRay does not notice a job
 * that is over before the head is ready, which takes some seconds more. Its shell reads the entrypoint, so that can wait.
 */
function onceRayTakesJobs(submissionMode: string, entrypoint: string): string {
  if (submissionMode !== "SidecarMode") return entrypoint;
  const ray =
    "until ray job submit --address http://127.0.0.1:8265 --no-wait -- true >/dev/null 2>&1; do sleep 1; done";
  return `$(${ray}; sleep 25)${entrypoint}`;
}

const slow = `python -uc "import time; [print('step', step) or time.sleep(1) for step in range(12)]"`;
const failing = `python -c "import sys; print('no data'); print('giving up'); sys.exit(3)"`;
const steps = Array.from({ length: 12 }, (_, step) => `step ${step}`);
