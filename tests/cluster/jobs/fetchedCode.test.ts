import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestBucket } from "../../support/bucket.ts";
import { claimWith } from "../../support/claim.ts";
import type { TestNamespace } from "../../support/cluster.ts";
import type { Program, Rig } from "../../support/rig.ts";
import { changesOf, type Run } from "../../support/run.ts";
import { stageForAll } from "../../support/stage.ts";
import { TlsServer, trusting } from "../../support/tlsServer.ts";
import { headAndWorker, nodeAddress, smallJob, typed } from "./programs.ts";

// What every form of the code has to say, on the head and on the worker.
const program = `
import os, ray

def seen():
    import my_module
    node = ray.get_runtime_context().get_node_id()
    return node, [open("data.txt").read(), sorted(os.listdir(".")), my_module.WHO]

ray.init()
here, driver = seen()
there, task = ray.get(ray.remote(num_cpus=1)(seen).remote())
assert here != there, "the task has to run on the worker"
print("driver:", driver, flush=True)
print("task:", task, flush=True)
`;
const files = { "train.py": program, "data.txt": "some data" };
const library = {
  "my_module/__init__.py": "from my_module.who import WHO\n",
  "my_module/who.py": 'WHO = "my module"\n',
};
const said = "['some data', ['data.txt', 'train.py'], 'my module']";

describe("a job's code", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  let bucket: TestBucket;
  let server: TlsServer;
  let run: Run;

  stageForAll(
    "code",
    () => ({ resources: {} }),
    (stage) => {
      ({ namespace, rig } = stage);
    },
  );

  before(async () => {
    bucket = await TestBucket.create("code");
    const zip = await zipOf("train", files);
    const libraryZip = await zipOf("wrapper", library);
    await bucket.put({
      "train.zip": zip,
      ...below("train", files),
      "trainer/other.txt": "not of the job",
      ...below("libraries", library),
      "library.zip": libraryZip,
    });
    server = await TlsServer.start(nodeAddress(), { "train.zip": zip, "library.zip": libraryZip });
    server.trustIn(namespace.name);
    claimWith(namespace.name, "code", {
      ...below("src/train", files),
      ...below("src", library),
      "ready/train.zip": zip,
    });
    await rig.write(programIn(namespace.name, formsIn(bucket.name, server.url)));
    run = await rig.up({ parallel: 2 });
  });

  after(async () => {
    server.dispose();
    await bucket.dispose();
  });

  for (const form of Object.keys(formsIn("", ""))) {
    it(`is the working directory of its driver and its tasks: ${form}`, async () => {
      const outputs = (await rig.state()).get(form)?.outputs;
      assert.equal(outputs?.jobStatus, "SUCCEEDED", run.text);
      const log = typed(outputs.logsCommand);
      for (const who of ["driver", "task"]) assert(log.includes(`${who}: ${said}`), log);
    });
  }

  it("is no change afterwards", async () => {
    const preview = await rig.preview();
    assert.deepEqual(changesOf(preview), []);
  });
});

/** Ray takes the first two itself. */
function formsIn(bucket: string, web: string) {
  return {
    "zip-on-the-web": { workingDir: `${web}/train.zip`, pyModules: [`${web}/library.zip`] },
    "zip-in-s3": { workingDir: `s3://${bucket}/train.zip`, pyModules: [`s3://${bucket}/library.zip`] },
    "prefix-in-s3": { workingDir: `s3://${bucket}/train`, pyModules: [`s3://${bucket}/libraries/my_module`] },
    "folder-on-a-claim": { workingDir: "pvc://code/src/train", pyModules: ["pvc://code/src/my_module"] },
    "zip-on-a-claim": { workingDir: "pvc://code/ready/train.zip", pyModules: [`s3://${bucket}/libraries/my_module`] },
  };
}

function programIn(namespace: string, forms: ReturnType<typeof formsIn>): Program {
  const rayClusterSpec = headAndWorker(trusting.container, trusting.pod);
  const jobs = Object.entries(forms).map(([name, runtimeEnv]) => {
    return [name, smallJob(namespace, { entrypoint: "python train.py", runtimeEnv, rayClusterSpec })];
  });
  return { resources: Object.fromEntries(jobs) };
}

function below(folder: string, named: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(named).map(([path, content]) => [`${folder}/${path}`, content]));
}

/** A zip file with one folder at the top. */
async function zipOf(top: string, named: Readonly<Record<string, string>>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "rayjob-code-"));
  for (const [path, content] of Object.entries(below(top, named))) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  execFileSync("python3", ["-m", "zipfile", "-c", "it.zip", top], { cwd: folder });
  const zip = await readFile(join(folder, "it.zip"));
  await rm(folder, { recursive: true });
  return zip;
}
