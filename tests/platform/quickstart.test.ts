import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFile, cp, mkdtemp, readFile, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { Project } from "../install/project.ts";
import { installRelease } from "../install/release.ts";
import type { Rig } from "../support/rig.ts";
import { changesOf, stepOf } from "../support/run.ts";
import { emptyCluster, kubectl, kubeRayFromHere, objectStore, readFromClaim } from "./emptyCluster.ts";

const example = resolve(import.meta.dirname, "../../examples/quickstart");

describe("the quickstart, with a release of the plug-in, on an empty cluster", () => {
  let release: string;
  let project: Project;
  let rig: Rig;

  before(async () => {
    emptyCluster();
    release = await mkdtemp(join(tmpdir(), "rayjob-release-"));
    await installRelease(release);
    project = await Project.create(objectStore);
    await project.pulumi("package", "add", release);
    const { name: _, runtime: __, ...program } = parse(await readFile(join(example, "Pulumi.yaml"), "utf8"));
    rig = await project.rig(program);
    await cp(join(example, "train-job"), join(rig.folder, "train-job"), { recursive: true });
    const { crds, chart } = kubeRayFromHere();
    await rig.stack.setConfig("operator.crds.source", { value: crds.source }, true);
    await rig.stack.setConfig("operator.chart.path", { value: chart.path }, true);
    await rig.stack.setConfig("bucket.requireTls", { value: "false" }, true);
  });

  after(async () => {
    await rig?.destroy();
    await project?.dispose();
    await rm(release, { recursive: true });
  });

  it("is previewed with everything that it will make, although there is no namespace, no CRD and no bucket", async () => {
    const run = await rig.preview();
    assert(run.succeeded, run.text);
    const foretold = changesOf(run);
    for (const resource of parts)
      assert(foretold.includes(`${resource} create`), `${resource} is not among ${foretold.join(", ")}`);
    const said = (severity: string) => run.diagnostics.filter((each) => each.severity === severity);
    assert.match(
      said("info")
        .map(({ message }) => message)
        .join("\n"),
      /^training-train code: 1 file, \d\.\d kB$/,
    );
    const warnings = said("warning").map(({ message }) => message);
    assert.match(warnings.join("\n"), /^The volume "output" is ReadWriteOnce: [^\n]*$/);
    assert.equal(run.diagnostics.length, 2, run.text);
  });

  it("trains a model on two workers with the code of a local folder, and leaves it on the claim", async () => {
    const run = await rig.up();
    assert(run.succeeded, run.text);
    const outputs = await rig.outputs();
    assert.equal(outputs.status?.value, "SUCCEEDED");
    assert.match(String(outputs.dashboard?.value), /^http:\/\/training-train-\w+-head-svc\.ml\..*:8265$/);
    const log = execFileSync("sh", ["-c", String(outputs.logs?.value)], { encoding: "utf8" });
    assert.match(log, /trained 50 rounds on 2 workers: accuracy 0\.\d+, model at \/output\/model\.json/);
    const [claim] = kubectl("get", "pvc", "-n", "ml", "-o", "name").trim().split("\n");
    assert.match(readFromClaim("ml", String(claim).replace(/.*\//, ""), "model.json"), /"learner"/);
  });

  it("finds nothing to do afterwards: not in a preview, a refresh, another up, or after the files were touched", async () => {
    const now = new Date();
    await utimes(join(rig.folder, "train-job", "train.py"), now, now);
    for (const look of ["preview", "refresh", "up", "preview"] as const) {
      const run = await rig[look]();
      assert(run.succeeded, run.text);
      assert.deepEqual(changesOf(run), [], `${look}: ${run.text}`);
    }
  });

  it("shows in a preview which file was changed, and that the job runs again", async () => {
    await appendFile(join(rig.folder, "train-job", "train.py"), "# one line more\n");
    const run = await rig.preview();
    assert(run.succeeded, run.text);
    assert.deepEqual(Object.keys(stepOf(run, "training-train", "WorkingDir").detailedDiff).sort(), [
      'files["train.py"]',
      "hash",
      "sizeBytes",
    ]);
    assert.deepEqual(stepOf(run, "training-train", "RayJob").detailedDiff, {
      "runtimeEnv.workingDir": "update-replace",
    });
  });

  it("takes down all that it has made, but the CRDs", async () => {
    const run = await rig.destroy();
    assert(run.succeeded, run.text);
    assert.equal(kubectl("get", "namespaces", "-o", "name").match(/\/(ml|kuberay-system)$/m), null);
    assert.equal(kubectl("get", "clusterroles", "-o", "name").includes("kuberay"), false);
    assert.match(kubectl("get", "crds", "-o", "name"), /rayjobs\.ray\.io/);
  });
});

const parts = [
  "RayJobComponent training",
  "Namespace training",
  "KubeRayOperator training",
  "KubeRayCrds training",
  "Chart training",
  "RayJobCleanup training",
  "WorkingDirBucket training",
  "Bucket training",
  "PersistentVolumeClaim training-output",
  "WorkingDir training-train",
  "RayJob training-train",
];
