import assert from "node:assert/strict";
import { announcementOf } from "../../../provider/job/announcement.ts";
import { changesBetween } from "../../../provider/job/changes.ts";
import { cancelledPhase, gonePhase, owedOf } from "../../../provider/job/owed.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

const succeeded = { jobStatus: "SUCCEEDED", jobDeploymentStatus: "Complete" };
const failed = { jobStatus: "FAILED", jobDeploymentStatus: "Failed", reason: "AppFailed" };
const stopped = { jobStatus: "STOPPED", jobDeploymentStatus: "Complete" };
const running = { jobStatus: "RUNNING", jobDeploymentStatus: "Running" };

const engine = "runs again: Pulumi replaces the resource, though no argument asks for that";
const own = 'A change of what it computes with, or of "rerunToken", runs it again';

interface Case {
  readonly before?: PropertyMap;
  readonly after?: PropertyMap;
  readonly seen?: PropertyMap;
  readonly says: string;
}

const replacing: readonly Case[] = [
  { after: { entrypoint: "python b.py" }, says: 'runs again: "entrypoint" changes' },
  { after: { entrypoint: "python b.py", name: "mine" }, says: 'runs again: "entrypoint" and "name" change' },
  { after: { name: "mine" }, says: 'runs again: "name" changes' },
  { after: { rerunToken: "2" }, says: 'runs again: "rerunToken" changes' },
  {
    before: { runtimeEnv: { pip: ["a"] } },
    after: { runtimeEnv: { pip: ["b"] }, entrypoint: "python b.py", backoffLimit: 2 },
    says: 'runs again: "entrypoint" and "runtimeEnv.pip[0]" change',
  },
  {
    before: { runtimeEnv: { envVars: { A: "1", B: "1", C: "1", D: "1", E: "1" } } },
    after: { runtimeEnv: { envVars: { A: "2", B: "2", C: "2", D: "2", E: "2" } } },
    says: 'runs again: "runtimeEnv.envVars.A", "runtimeEnv.envVars.B", "runtimeEnv.envVars.C" and 2 more change',
  },
  {
    before: { secretEnv: { TOKEN: { name: "token-1", key: "A" } } },
    after: { secretEnv: { TOKEN: { name: "token-2", key: "B" } } },
    says: 'runs again: "secretEnv.TOKEN" changes',
  },
  { seen: failed, says: "runs again: it failed (AppFailed)" },
  { seen: { jobDeploymentStatus: "ValidationFailed" }, says: "runs again: it failed (ValidationFailed)" },
  { seen: stopped, says: "runs again: it was stopped" },
  { seen: { phase: gonePhase }, says: "runs again: it was deleted while a deployment waited for it" },
  { seen: { phase: cancelledPhase }, says: "runs again: it was stopped when a deployment was cancelled" },
  {
    seen: failed,
    after: { entrypoint: "python b.py" },
    says: 'runs again: it failed (AppFailed), and "entrypoint" changes',
  },
  {
    seen: failed,
    after: { rerunFailed: false, entrypoint: "python b.py" },
    says: 'runs again: "entrypoint" changes',
  },
  { after: { entrypoint: UNKNOWN }, says: 'may run again: "entrypoint" is not known yet' },
  {
    after: { runtimeEnv: { workingDir: UNKNOWN }, entrypoint: UNKNOWN },
    says: 'may run again: "entrypoint" and "runtimeEnv" are not known yet',
  },
  {
    after: { entrypoint: UNKNOWN, rerunToken: "2" },
    says: 'runs again: "entrypoint" and "rerunToken" change',
  },
  { says: engine },
  { after: { labels: { team: "ml" } }, says: engine },
  { seen: failed, after: { rerunFailed: false }, says: engine },
  { seen: running, says: `${engine}. Its run, which was not done, is deleted, and begins anew` },
  { seen: running, after: { waitFor: "running" }, says: engine },
  { seen: running, after: { entrypoint: "python b.py" }, says: 'runs again: "entrypoint" changes' },
];

const updating: readonly Case[] = [
  { after: { backoffLimit: 2 }, says: 'is updated in place, without another run: "backoffLimit" changes' },
  {
    after: { backoffLimit: 2, labels: { a: "b" }, waitFor: "none" },
    says: 'is updated in place, without another run: "backoffLimit" and "labels" change',
  },
  { after: { waitFor: "none" }, says: 'stays as it is on the cluster: only "waitFor" changes' },
  {
    after: { suspend: true },
    says: "is suspended: KubeRay deletes its cluster, and the job starts from its beginning when it is resumed",
  },
  { before: { suspend: true }, says: "is resumed: it starts from its beginning" },
  { seen: running, says: "is waited for, without another run" },
  { seen: failed, after: { rerunFailed: false }, says: `stays failed (AppFailed): "rerunFailed" is false. ${own}` },
  { seen: stopped, after: { rerunFailed: false }, says: `stays stopped: "rerunFailed" is false. ${own}` },
  {
    seen: {
      ...{ namespace: "ml", name: "train-1", rayClusterName: "train-1-abc" },
      ...{ jobStatus: "RUNNING", jobDeploymentStatus: "ValidationFailed" },
    },
    after: { rerunFailed: false },
    says:
      `stays failed (ValidationFailed): "rerunFailed" is false. ${own}. Its cluster train-1-abc runs on, and KubeRay never ` +
      "deletes it: `pulumi destroy` does, or `kubectl -n ml delete rayjob train-1`",
  },
];

describe("announcementOf", () => {
  for (const { before = {}, after = {}, seen = succeeded, says } of replacing) {
    it(`says "${says}" when a job that was ${JSON.stringify(seen)} is replaced by ${told(after)}`, () => {
      assert.equal(announced(before, after, seen).replaced, says);
    });
  }

  for (const { before = {}, after = {}, seen = succeeded, says } of updating) {
    it(`says "${says}" when a job that was ${JSON.stringify(seen)} is updated to ${told(after)}`, () => {
      assert.equal(announced(before, after, seen).updated, says);
    });
  }
});

function announced(before: PropertyMap, after: PropertyMap, seen: PropertyMap) {
  const [oldInputs, newInputs] = [aJob(before), aJob(after)];
  return announcementOf(changesBetween(oldInputs, newInputs), owedOf(seen, newInputs), newInputs);
}

function told(values: PropertyMap): string {
  return JSON.stringify(values, (_, value) => (value === UNKNOWN ? "?" : value));
}
