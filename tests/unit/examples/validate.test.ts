import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { documentsOf } from "../../../provider/cli/documents.ts";
import { judge } from "../../../provider/cli/validate/judge.ts";
import { jsonOf } from "../../../provider/cli/validate/report.ts";
import { kubeRayFields } from "../../../provider/schema/packageSchema.ts";

const root = resolve(import.meta.dirname, "../../..");
const annotations = [
  "::warning file=jobs/a%2Cb.yaml,line=5,col=1,title=RJ411::spec.shutdownAfterJobFinishes: The cluster runs on when the job is " +
    'over. Hint: Set "shutdownAfterJobFinishes" to true',
  '::error file=jobs/a%2Cb.yaml,line=8,col=3,title=RJ202::spec.submissionMode: There is no submission mode "100%25%0A". Hint: ' +
    'Use one of "K8sJobMode", "HTTPMode", "InteractiveMode", "SidecarMode"',
];

describe("the workflow for manifests", () => {
  let folder: string;

  before(async function () {
    if (spawnSync("jq", ["--version"]).status !== 0) this.skip(); // GitHub's machines have it.
    folder = await mkdtemp(join(tmpdir(), "rayjob-manifests-"));
    await writeFile(join(folder, "report.json"), await reportOf("jobs/a,b.yaml"));
  });

  after(() => folder && rm(folder, { recursive: true }));

  it("may do no more than it needs, and puts nothing into a shell that somebody else has written", async () => {
    const workflow = parse(await workflowText());
    assert.deepEqual(workflow.permissions, { contents: "read" });
    for (const { run = "" } of workflow.jobs.validate.steps) assert(!run.includes("${{"), run);
  });

  for (const code of [0, 1]) {
    it(`marks each finding at its line, and exits with ${code} where the command does`, async () => {
      await command("npx", `cat "$(dirname "$0")/report.json"; exit ${code}`);
      const ended = await runStep();
      assert.deepEqual([ended.stdout.trimEnd().split("\n"), ended.status], [annotations, code]);
    });
  }

  it("fails where the command prints nothing", async () => {
    await command("npx", "exit 2");
    const ended = await runStep();
    assert.deepEqual([ended.stdout, ended.status], ["", 2]);
  });

  it("makes the annotations that the page's command makes", async () => {
    await command("rayjob", 'cat "$(dirname "$0")/report.json"');
    const page = await readFile(join(root, "docs/pull-requests.md"), "utf8");
    const [, block = ""] = /```bash\n(rayjob validate [\s\S]*?)```/.exec(page) ?? [];
    assert.deepEqual(inBash(block).stdout.trimEnd().split("\n"), annotations);
  });

  async function runStep() {
    const { steps } = parse(await workflowText()).jobs.validate;
    return inBash(steps.at(-1).run);
  }

  function inBash(script: string) {
    const env = { PATH: `${folder}:${process.env.PATH}`, RUNNER_TEMP: folder };
    return spawnSync("bash", ["-eo", "pipefail", "-c", script], { env, encoding: "utf8" });
  }

  async function command(name: string, script: string): Promise<void> {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  }
});

function workflowText(): Promise<string> {
  return readFile(join(root, "examples/pull-request/validate.yaml"), "utf8");
}

/** What the command says of a manifest with an awkward value, in a file with an awkward name. */
async function reportOf(name: string): Promise<string> {
  const text = `apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: train
spec:
  entrypoint: python train.py
  activeDeadlineSeconds: 3600
  submissionMode: "100%\\n"
  rayClusterSpec: { headGroupSpec: { template: { spec: { containers: [{ name: ray-head, image: ray }] } } } }
`;
  return jsonOf({ ...judge(name, documentsOf({ name, text }), { fields: await kubeRayFields() }), unreadable: [] });
}
