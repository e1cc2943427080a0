import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { CommandLine, type Ended } from "../../support/commandLine.ts";

const good = `apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: train
spec:
  entrypoint: python train.py
  shutdownAfterJobFinishes: true
  activeDeadlineSeconds: 3600
  rayClusterSpec:
    headGroupSpec:
      template:
        spec:
          containers:
          - name: ray-head
            image: rayproject/ray:2.52.0
            resources: { limits: { cpu: 2 } }
`;
const others = "---\napiVersion: v1\nkind: Namespace\nmetadata: { name: ml }\n";

describe("rayjob validate", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "rayjob-validate-"));
  });

  after(() => rm(folder, { recursive: true }));

  it("says nothing on stdout of a good one, and counts what it has not looked at", async () => {
    const ended = await run(good + others);
    assert.deepEqual(ended, {
      code: 0,
      stdout: "",
      stderr: "1 RayJob: 0 errors, 0 warnings; 1 other object not looked at\n",
    });
  });

  it("prints a line for each finding, at its place in the file, and exits 1", async () => {
    const list = JSON.stringify({
      apiVersion: "v1",
      kind: "List",
      items: [{ apiVersion: "ray.io/v1", kind: "RayJob" }],
    });
    const file = join(folder, "jobs.yaml");
    await writeFile(file, `${good.replace("cpu:", "cpus: [], cpu:")}  submissionMode: HttpMode\n---\n${list}\n`);
    const { code, stdout } = await new CommandLine(["validate", file]).ended();
    assert.equal(code, 1);
    const lines = stdout.split("\n");
    assert.equal(
      lines.find((line) => line.includes("RJ202")),
      `${file}:17:3: error: spec.submissionMode: There is no submission mode "HttpMode". Hint: Did you mean "HTTPMode"? (RJ202)`,
    );
    assert.match(lines[0] ?? "", /:16:36: error: spec\.rayClusterSpec\.headGroupSpec\..*\.limits\.cpus: .*\(RJ002\)$/);
    assert.match(stdout, /:19:\d+: error: items\[0\]\.spec: "spec" is missing/);
  });

  it("prints what its page shows", async () => {
    const page = await readFile(resolve(import.meta.dirname, "../../../docs/command-line.md"), "utf8");
    const [, options = "", shown = ""] = /\| rayjob validate (--.*)\n([^`]*)```/.exec(page) ?? [];
    const shownJob = good.replace(/ {2}shutdown.*\n/, "").replace(/ {2}rayCluster/, "  submissionmode: HTTPMode\n$&");
    const { stdout, stderr } = await run(shownJob + others.repeat(14), ...options.split(" "));
    assert.equal(stdout + stderr, shown);
  });

  it("lets warnings pass, unless it is strict", async () => {
    const kept = good.replace(/ {2}shutdown.*\n/, "");
    const lax = await run(kept);
    assert.equal(lax.code, 0);
    assert.match(lax.stdout, /^<stdin>:5:1: warning: spec\.shutdownAfterJobFinishes: .*\(RJ411\)\n$/);
    assert.equal((await run(kept, "--strict")).code, 1);
  });

  it("refuses what the cluster's KubeRay does not have", async () => {
    const newer = `${good}  preRunningDeadlineSeconds: 60\n`;
    assert.equal((await run(newer, "--kuberay-version", "1.6.2")).code, 0);
    const { code, stdout } = await run(newer, "--kuberay-version", "1.5.1");
    assert.equal(code, 1);
    assert.match(stdout, /:17:3: error: spec\.preRunningDeadlineSeconds: .*1\.6\.2 or newer.*\(RJ004\)\n/);
    assert.equal((await run(newer, "--kuberay-version", "1.4.0")).code, 2);
  });

  it("judges by the rules of the same minor version, and says so", async () => {
    const newer = `${good}  preRunningDeadlineSeconds: 60\n`;
    const counts = "1 RayJob: 0 errors, 0 warnings\n";
    assert.deepEqual(await run(newer, "--kuberay-version", "v1.6.2"), { code: 0, stdout: "", stderr: counts });
    const { stderr } = await run(newer, "--kuberay-version", "1.6.1");
    assert.equal(stderr, `The fields and rules of KubeRay 1.6.2 stand in for those of 1.6.1\n${counts}`);
    assert.equal((await run(newer, "--kuberay-version", "1.5.0")).code, 1);
  });

  it("takes feature gates as Kubernetes does, and refuses those of another version", async () => {
    const encrypted = good.replace("headGroupSpec:", "tlsOptions: { enabled: true }\n    headGroupSpec:");
    const gates = ["--kuberay-version", "1.7.0", "--feature-gates"];
    const options = ["--allow", "RJ386", "--strict"];
    assert.match((await run(encrypted, "--kuberay-version", "1.7.0", ...options)).stdout, /error: .*\(RJ443\)\n$/);
    assert.equal((await run(encrypted, ...gates, "RayClusterMTLS=true,RayCronJob=false", ...options)).code, 0);
    const foreign = await run(good, "--kuberay-version", "1.6.2", "--feature-gates", "RayClusterMTLS=true");
    assert.deepEqual(foreign, {
      code: 2,
      stdout: "",
      stderr: 'KubeRay 1.6.2 has no feature gate "RayClusterMTLS". Install KubeRay 1.7.0 or newer, or drop it\n',
    });
    const mistyped = await run(good, "--feature-gates", "RayClusterMTL=true");
    assert.deepEqual(
      [mistyped.code, mistyped.stderr],
      [2, 'KubeRay has no feature gate "RayClusterMTL". Did you mean "RayClusterMTLS"?\n'],
    );
  });

  it("does without the findings that are allowed", async () => {
    const kept = good.replace(/ {2}shutdown.*\n/, "").replace(/ {2}activeDeadline.*\n/, "");
    assert.equal((await run(kept, "--strict", "--allow", "RJ411", "--allow", "rj442")).code, 0);
    assert.match((await run(kept, "--allow", "RJ411")).stdout, /^<stdin>:5:1: warning: .*\(RJ442\)\n$/);
  });

  it("reads objects of JSON one after the other, and lists of them", async () => {
    const job = (backoffLimit: number) =>
      JSON.stringify({ ...parse(good), spec: { ...parse(good).spec, backoffLimit } });
    const lines = await run(`${job(1)}\n${job(-1)}\n`);
    assert.equal(lines.code, 1);
    assert.match(lines.stdout, /^<stdin>:2:\d+: error: spec\.backoffLimit: .*\(RJ408\)\n$/);
    assert.equal(lines.stderr, "2 RayJobs: 1 error, 0 warnings\n");
    const list = await run(`[${job(1)},\n${job(-1)}]`);
    assert.equal(list.stdout, lines.stdout);
  });

  it("warns of kinds that Ray does not have, and judges the RayJob of a RayCronJob", async () => {
    const mistyped = await run(`${good}---\n${good.replace("RayJob", "Rayjob")}`);
    assert.equal(mistyped.code, 0);
    assert.equal(
      mistyped.stdout,
      '<stdin>:19:1: warning: kind: There is no kind "Rayjob" in ray.io/v1: nothing of this object is looked at. ' +
        'Hint: Did you mean "RayJob"? (RJ006)\n',
    );
    const { spec, ...job } = parse(good);
    const jobTemplate = { ...spec, backoffLimit: -1 };
    const cronJob = await run(stringify({ ...job, kind: "RayCronJob", spec: { schedule: "0 3 * * *", jobTemplate } }));
    assert.equal(cronJob.code, 1);
    assert.match(cronJob.stdout, /^<stdin>:\d+:\d+: error: spec\.jobTemplate\.backoffLimit: .*\(RJ408\)\n$/);
    assert.equal((await run(good.replace("RayJob", "RayCluster"))).stderr, "There is no RayJob in the input\n");
  });

  it("prints one object for machines", async () => {
    const { code, stdout, stderr } = await run(`${good}  backoffLimit: -1\n${others}`, "--json");
    assert.deepEqual([code, stderr], [1, ""]);
    assert.deepEqual(JSON.parse(stdout), {
      rayJobs: 1,
      skipped: 1,
      errors: 1,
      warnings: 0,
      findings: [
        {
          file: "<stdin>",
          line: 17,
          column: 3,
          rayJob: "train",
          path: "spec.backoffLimit",
          code: "RJ408",
          severity: "error",
          problem: "Cannot retry -1 times",
          hint: 'Set "backoffLimit" to 0 or more',
        },
      ],
      unreadable: [],
    });
  });

  it("exits 2 for what cannot be read, after all that can", async () => {
    const [bad, fine] = [join(folder, "bad.yaml"), join(folder, "fine.yaml")];
    await writeFile(bad, "a: {{ .Values.b }}\n");
    await writeFile(fine, `${good}  backoffLimit: -1\n`);
    const { code, stdout, stderr } = await new CommandLine([
      "validate",
      bad,
      join(folder, "none"),
      folder,
      fine,
    ]).ended();
    assert.equal(code, 2);
    assert.match(stdout, /RJ408/);
    assert.match(
      stderr,
      /bad\.yaml:1:5: cannot read it: .*\n.*none: there is no such file\n.*: it is a directory: .*\n$/,
    );
  });

  it("exits 2 where there is no RayJob at all", async () => {
    assert.deepEqual(await run(others), { code: 2, stdout: "", stderr: "There is no RayJob in the input\n" });
    assert.equal((await run("")).code, 2);
  });
});

function run(input: string, ...options: string[]): Promise<Ended> {
  return new CommandLine(["validate", ...options], {}, input).ended();
}
