import assert from "node:assert/strict";
import fc from "fast-check";
import { jobMessageOf, lastLines, plain, printedLines } from "../../../provider/job/message.ts";
import {
  durationOf,
  failureOf,
  goneOf,
  lineOf,
  logTailOf,
  type RunEvent,
  unfinishedOf,
} from "../../../provider/job/report.ts";
import { verdictOf } from "../../../provider/job/verdict.ts";

const subject = "RayJob/ml/train-7f3a";
const running = verdictOf({ jobDeploymentStatus: "Running", jobStatus: "RUNNING" });
const initializing = verdictOf({ jobDeploymentStatus: "Initializing" });

const failed = verdictOf({
  jobDeploymentStatus: "Failed",
  jobStatus: "FAILED",
  reason: "AppFailed",
  message:
    "Job entrypoint command failed with exit code 3, last available logs (truncated to 20,000 chars):\none\ntwo\nthree\n",
});

const lines: { event: RunEvent; line: string }[] = [
  { event: { kind: "seen", verdict: running, seconds: 242 }, line: "running, 4m02s" },
  {
    event: { kind: "seen", verdict: running, seconds: 242, news: "step 41" },
    line: "running, 4m02s: step 41",
  },
  {
    event: {
      kind: "seen",
      verdict: verdictOf({ jobDeploymentStatus: "Complete", jobStatus: "SUCCEEDED" }),
      seconds: 0,
    },
    line: "succeeded",
  },
  {
    event: {
      kind: "seen",
      verdict: initializing,
      seconds: 130,
      news: "worker-gpu-2 unschedulable (needs nvidia.com/gpu)",
    },
    line: "cluster starting, 2m10s: worker-gpu-2 unschedulable (needs nvidia.com/gpu)",
  },
  {
    event: { kind: "interrupted", because: "Cannot watch RayJob/ml: connection reset" },
    line: "connection lost (Cannot watch RayJob/ml: connection reset), watching again",
  },
  { event: { kind: "clearing", subject }, line: "deleting RayJob/ml/train-7f3a, left by an earlier deployment" },
];

describe("lineOf", () => {
  for (const { event, line } of lines) it(`says "${line}"`, () => assert.equal(lineOf(event), line));

  it("stays on one line of bearable length, whatever is reported", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 1000 }), (text) => {
        const line = lineOf({ kind: "seen", verdict: running, seconds: 1, news: text });
        assert.ok(!/\p{Cc}/u.test(line) && line.length < 400);
      }),
    );
  });
});

describe("failureOf", () => {
  it("gives the reason, the message and what to type, in this order, and never the log, which may hold anything", () => {
    assert.deepEqual(failureOf(failed, { subject, commands: ["kubectl -n ml logs job/train-7f3a"] }), {
      message: "RayJob/ml/train-7f3a failed",
      reasons: [
        "AppFailed: the entrypoint failed",
        "Job entrypoint command failed with exit code 3",
        "To see more:\n  kubectl -n ml logs job/train-7f3a",
      ],
    });
  });

  it("does not blame the entrypoint that never started", () => {
    const causeOf = (message: string) => {
      const verdict = verdictOf({ jobDeploymentStatus: "Failed", jobStatus: "FAILED", reason: "AppFailed", message });
      return failureOf(verdict, { subject }).reasons[0];
    };
    assert.equal(
      causeOf("runtime_env setup failed: Failed to set up runtime environment.\nCould not create the actor"),
      "AppFailed: the runtime environment could not be set up, and the entrypoint never started",
    );
    assert.equal(
      causeOf("Job entrypoint command failed, last available logs:\nruntime_env setup failed"),
      "AppFailed: the entrypoint failed",
    );
  });

  it("says what kept the job's pods from running", () => {
    const verdict = verdictOf({
      jobDeploymentStatus: "Failed",
      reason: "PreRunningDeadlineExceeded",
      message: "The RayJob has passed the preRunningDeadlineSeconds",
    });
    const blocker = 'head pod train-abc: cannot pull image "ray:9.9" (ErrImagePull)';
    assert.deepEqual(failureOf(verdict, { subject, blocker }).reasons, [
      "PreRunningDeadlineExceeded: the cluster was not up, or the job not submitted, within `preRunningDeadlineSeconds`",
      "The RayJob has passed the preRunningDeadlineSeconds",
      'Held up by head pod train-abc: cannot pull image "ray:9.9" (ErrImagePull)',
    ]);
  });

  it("does not blame the cluster alone where the job may have been over too soon for KubeRay", () => {
    const verdict = verdictOf({ jobDeploymentStatus: "Failed", reason: "PreRunningDeadlineExceeded" });
    const [reason] = failureOf(verdict, { subject, submissionMode: "SidecarMode" }).reasons;
    assert.match(reason ?? "", /, or the job had ended before its head was ready$/);
  });

  it("does not blame the submission alone where it may have been the job", () => {
    const verdict = verdictOf({ jobDeploymentStatus: "Failed", jobStatus: "PENDING", reason: "SubmissionFailed" });
    const inMode = (submissionMode: string) => failureOf(verdict, { subject, submissionMode }).reasons;
    assert.deepEqual(inMode("K8sJobMode"), ["SubmissionFailed: the job could not be submitted to Ray"]);
    assert.deepEqual(inMode("SidecarMode"), [
      "SubmissionFailed: the job could not be submitted to Ray, or it failed before KubeRay had seen it run",
    ]);
  });

  it("says of a stopped job that it was stopped", () => {
    const verdict = verdictOf({ jobDeploymentStatus: "Complete", jobStatus: "STOPPED" });
    assert.deepEqual(failureOf(verdict, { subject }), {
      message: "RayJob/ml/train-7f3a was stopped",
      reasons: ["Stopped: the Ray job was stopped before it had finished"],
    });
  });

  it("passes a reason on that it does not know", () => {
    const verdict = verdictOf({ jobDeploymentStatus: "Failed", reason: "SomethingNew" });
    assert.deepEqual(failureOf(verdict, { subject }).reasons, ["SomethingNew"]);
  });
});

describe("logTailOf", () => {
  it("indents the last lines that were read, and reads them without colours", () => {
    const read = "step 1\n\u001b[31mTraceback\u001b[0m\n\n  boom\n";
    assert.equal(logTailOf(failed, read, 50), "The last lines of the driver's log:\n  step 1\n  Traceback\n\n    boom");
  });

  it("takes the log that Ray has put into its message when there is no other", () => {
    assert.equal(logTailOf(failed, "", 2), "The last lines of the driver's log:\n  two\n  three");
  });

  it("is nothing when there is no log, or none is wanted", () => {
    assert.equal(logTailOf(verdictOf({ jobDeploymentStatus: "Failed", message: "late" }), "", 50), undefined);
    assert.equal(logTailOf(failed, "step 1", 0), undefined);
  });
});

describe("unfinishedOf", () => {
  it("says why the wait is over, and that the job is not", () => {
    const because = "`timeoutSeconds` (600 s) is over";
    assert.deepEqual(unfinishedOf(running, { subject, because, commands: ["kubectl get pods"] }), {
      message: "RayJob/ml/train-7f3a is not done: running",
      reasons: [
        because,
        "The job goes on, and the next `pulumi up` goes on waiting for it",
        "To see more:\n  kubectl get pods",
      ],
    });
  });

  it("says what holds up a job that does not get on", () => {
    const because = "`timeoutSeconds` (600 s) is over";
    assert.deepEqual(unfinishedOf(initializing, { subject, because, blocker: "head pod train-abc: unschedulable" }), {
      message: "RayJob/ml/train-7f3a is not done: cluster starting",
      reasons: [
        because,
        "Held up by head pod train-abc: unschedulable",
        "The job goes on, and the next `pulumi up` goes on waiting for it",
      ],
    });
  });
});

describe("goneOf", () => {
  it("says what has happened and what comes next", () => {
    assert.deepEqual(goneOf({ subject }), {
      message: "RayJob/ml/train-7f3a is gone",
      reasons: [
        "It was deleted before it had ended, not by this deployment",
        "The next `pulumi up` runs the job again",
      ],
    });
  });
});

describe("plain", () => {
  const texts: { text: string; read: string; because: string }[] = [
    { text: "\u001b[1;31mred\u001b[0m", read: "red", because: "colours are not words" },
    { text: "10%\r50%\r100%\nnext", read: "100%\nnext", because: "a progress bar is written over" },
    { text: "a\r\nb\r\n", read: "a\nb\n", because: "some lines end as on Windows" },
    { text: "\u001b]8;;http://x\u0007link\u001b]8;;\u0007", read: "link", because: "a link shows its text" },
    { text: "a\u0000\u0008b\tc", read: "ab\tc", because: "control characters are not words, but a tab is a space" },
  ];
  for (const { text, read, because } of texts)
    it(`reads ${JSON.stringify(text)} as ${JSON.stringify(read)}: ${because}`, () => assert.equal(plain(text), read));
});

describe("printedLines", () => {
  it("takes away colours and cursor movements", () => {
    assert.deepEqual(printedLines("\u001b[36m(train pid=7)\u001b[0m loss 0.1\n\u001b[2Kdone\n"), [
      "(train pid=7) loss 0.1",
      "done",
    ]);
  });

  it("keeps of a progress bar what it showed last", () => {
    assert.deepEqual(printedLines("10%\r55%\r100%\nend\r\n"), ["100%", "end"]);
  });

  it("cuts lines that are very long", () => {
    assert.equal(printedLines("x".repeat(100_000))[0]?.length, 2_001);
  });

  it("gives nothing for an empty log", () => {
    assert.deepEqual(printedLines(""), []);
    assert.deepEqual(printedLines("\n\n"), []);
  });
});

describe("lastLines", () => {
  it("never gives more lines than asked for, and always the last", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]+$/)), fc.nat({ max: 20 }), (all, count) => {
        const expected = count === 0 ? "" : all.slice(-count).join("\n");
        assert.equal(lastLines(all.map((line) => `${line}\n`).join(""), count), expected);
      }),
    );
  });
});

describe("jobMessageOf", () => {
  it("leaves a message without a log as it is", () => {
    assert.deepEqual(jobMessageOf("Job finished successfully."), { brief: "Job finished successfully." });
  });
});

describe("durationOf", () => {
  const spans: [number, string][] = [
    [-3, "0s"],
    [0.9, "0s"],
    [59.9, "59s"],
    [60, "1m00s"],
    [3599, "59m59s"],
    [3600, "1h00m"],
    [90_000, "25h00m"],
  ];
  for (const [seconds, said] of spans)
    it(`says ${said} for ${seconds} s`, () => assert.equal(durationOf(seconds), said));
});
