import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { TestBucket } from "../../support/bucket.ts";
import { claimWith } from "../../support/claim.ts";
import type { TestNamespace } from "../../support/cluster.ts";
import type { Program, Rig } from "../../support/rig.ts";
import { errorOf, type Run } from "../../support/run.ts";
import { stageForAll } from "../../support/stage.ts";
import { TlsServer, trusting } from "../../support/tlsServer.ts";
import { headAndWorker, nodeAddress, smallJob, typed } from "./programs.ts";

// What is in the folders, and what the token is, without saying it, on the head and on the worker.
const program = `
import glob, hashlib, json, os, ray
def seen():
    paths = [path for folder in ("/model", "/head", "/workers", "/claim") for path in glob.glob(folder + "/**", recursive=True)]
    files = {path: open(path).read() for path in paths if os.path.isfile(path)}
    return files, hashlib.sha256(os.environ["TOKEN"].encode()).hexdigest()
ray.init()
task = ray.get(ray.remote(num_cpus=1)(seen).remote())
print("seen:" + json.dumps({"driver": seen(), "task": task}), flush=True)
`;
const encoded = Buffer.from(program).toString("base64");
const entrypoint = `python -c "import base64; exec(base64.b64decode('${encoded}'))"`;

describe("what is staged, and a secret variable", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  let bucket: TestBucket;
  let server: TlsServer;
  let run: Run;
  let preview: Run;
  let outputs: Readonly<Record<string, unknown>>;
  const token = randomBytes(12).toString("hex");

  stageForAll(
    "staging",
    () => ({ resources: {} }),
    (stage) => {
      ({ namespace, rig } = stage);
    },
  );

  before(async () => {
    bucket = await TestBucket.create("staging");
    await bucket.put({ "models/llama/config.json": "{}", "models/llama/shards/1": "weights", "models/other": "no" });
    server = await TlsServer.start(nodeAddress(), { "data/words.txt": "words" });
    claimWith(namespace.name, "data", { "set/a": "a", "set/deep/b": "b", unused: "c" });
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "hub" }, stringData: { "the.token": token } };
    execFileSync("kubectl", ["-n", namespace.name, "apply", "-f", "-"], { input: JSON.stringify(secret) });
    server.trustIn(namespace.name);
    await rig.write(aProgram());
    preview = await rig.preview();
    run = await rig.up();
    outputs = (await rig.state()).get("train")?.outputs ?? {};
  });

  after(async () => {
    server.dispose();
    await bucket.dispose();
  });

  it("is where it was asked for, on the nodes that it was asked for, before the driver and the tasks start", () => {
    assert(run.succeeded, run.text);
    const [, json = ""] = /^seen:(.*)$/m.exec(typed(outputs.logsCommand)) ?? [];
    const digest = createHash("sha256").update(token).digest("hex");
    const everywhere = {
      "/model/config.json": "{}",
      "/model/shards/1": "weights",
      "/claim/set/a": "a",
      "/claim/set/deep/b": "b",
      "/claim/unused": "c",
      "/claim/staged/words.txt": "words",
    };
    assert.deepEqual(JSON.parse(json), {
      driver: [{ ...everywhere, "/head/a": "a", "/head/deep/b": "b" }, digest],
      task: [{ ...everywhere, "/workers/words.txt": "words" }, digest],
    });
  });

  it("leaves the secret out of the preview, the state, the RayJob, the pods, the logs and Ray's dashboard", async () => {
    const kubectl = `kubectl -n ${namespace.name}`;
    const places: Record<string, string> = {
      preview: preview.text,
      deployment: run.text,
      state: await rig.stateText(),
      objects: typed(`${kubectl} get rayjobs,rayclusters,jobs,pods,events,configmaps -o yaml`),
      driver: typed(outputs.logsCommand),
    };
    const head = typed(`${kubectl} get pods -l ray.io/node-type=head -o name`).trim();
    const paths = ["/api/jobs/", "/api/cluster_status", "/api/v0/tasks?detail=1", "/api/v0/actors?detail=1"];
    for (const path of [...paths, "/api/v0/runtime_envs?detail=1", "/nodes?view=summary", "/logical/actors"]) {
      places[path] = typed(`${kubectl} exec ${head} -c ray-head -- curl -sf 'http://127.0.0.1:8265${path}'`);
    }
    for (const [place, text] of Object.entries(places)) {
      assert(text.length > 2, place);
      assert(!text.includes(token), `the secret is in the ${place}`);
    }
    assert(places.objects?.includes("the.token"), "the pods refer to the Secret");
  });

  it("finds nothing to do afterwards", async () => {
    const again = await rig.up();
    assert.deepEqual(
      again.steps.filter(({ name, op }) => name === "train" && op !== "same"),
      [],
    );
  });

  it("keeps the job from starting when it is not there, and says why on the row and in the error", async () => {
    const missing = `s3://${bucket.name}/models/nothing`;
    await rig.write(aProgram({ preRunningDeadlineSeconds: 45, stage: { model: { from: missing, to: "/model" } } }));
    const failed = await rig.up();
    assert(!failed.succeeded);
    const row = new RegExp(`container model (keeps failing|has failed) \\(exit code 1: cannot fetch ${missing}`);
    assert(
      failed.progress.some(({ name, message }) => name === "train" && row.test(message)),
      failed.text,
    );
    assert.match(errorOf(failed, "train"), /failed: PreRunningDeadlineExceeded/);
    assert.match(errorOf(failed, "train"), row);
    assert.match(errorOf(failed, "train"), /there is no such object, and none below it\. Correct the URI\)/);
  });

  function aProgram(more: object = {}): Program {
    const words = `${server.url}/data/words.txt`;
    const train = smallJob(namespace.name, {
      entrypoint,
      rayClusterSpec: headAndWorker(trusting.container, trusting.pod),
      ttlSecondsAfterFinished: 600,
      secretEnv: { TOKEN: { name: "hub", key: "the.token" } },
      mounts: { claim: { claimName: "data", mountPath: "/claim" } },
      stage: {
        model: { from: `s3://${bucket.name}/models/llama`, to: "/model" },
        "for-head": { from: "pvc://data/set", to: "/head", on: "head" },
        "for-workers": { from: words, to: "/workers", on: "workers" },
        "into-claim": { from: words, to: "/claim/staged" },
      },
      ...more,
    });
    return { resources: { train } };
  }
});
