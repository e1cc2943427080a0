import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { CommandLine } from "../../support/commandLine.ts";

const golden = resolve(import.meta.dirname, "golden");
const image = "rayproject/ray:2.52.0";

describe("rayjob render", () => {
  it("writes a short form out as the golden file says, which validate takes", async () => {
    const { code, stdout, stderr } = await run(join(golden, "short-form.yaml"));
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(stdout, await readFile(join(golden, "short-form.rayjob.yaml"), "utf8"));
    const judged = await new CommandLine(["validate", "--strict"], {}, stdout).ended();
    assert.equal(judged.code, 0, judged.stdout);
  });

  it("names a job after its file and what it computes with, unless it is told how", async () => {
    const [one, same, other] = await Promise.all(
      ["python a.py", "python a.py", "python b.py"].map((entrypoint) => read({ image, entrypoint })),
    );
    assert.match(one.metadata.name, /^job-[0-9a-f]{8}$/);
    assert.equal(one.metadata.namespace, "default");
    assert.equal(same.metadata.name, one.metadata.name);
    assert.notEqual(other.metadata.name, one.metadata.name);
    const told = await read({ image, entrypoint: "x", name: "mine" }, "--name", "theirs", "-n", "ml");
    assert.deepEqual(told.metadata, { name: "theirs", namespace: "ml" });
  });

  it("takes the jobs of a Pulumi program, and leaves open what only a deployment knows", async () => {
    const program = {
      name: "ml",
      runtime: "yaml",
      resources: {
        code: { type: "rayjob:WorkingDir", properties: { path: "./code" } },
        train: {
          type: "rayjob:RayJob",
          properties: {
            image,
            entrypoint: "python a.py --out ${out.path} --cost $${HOME}",
            runtimeEnv: { workingDir: "${code.uri}" },
          },
        },
        all: {
          type: "rayjob:index:RayJobComponent",
          properties: {
            namespace: "team",
            volumes: { out: { size: "5Gi", mountPath: "/out" }, old: { existingClaim: "old", mountPath: "/old" } },
            jobs: {
              score: {
                image,
                entrypoint: "python b.py",
                runtimeEnv: {
                  workingDir: "./score",
                  pyModules: ["pvc://old/lib.zip"],
                  envVars: { KEY: { "fn::secret": "never shown" }, LEVEL: "3" },
                },
                stage: { model: { from: "pvc://out/model", to: "/model" } },
              },
            },
          },
        },
      },
    };
    const { code, stdout, stderr } = await new CommandLine(["render", "-"], {}, JSON.stringify(program)).ended();
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^Known only when it is deployed: \$\{out\.path\}, \$\{code\.uri\}, .*\$\{train\.name\}/);
    assert.doesNotMatch(stdout + stderr, /never shown|RayjobUnknown/);
    const [train, score, ...others] = parseAllDocuments(stdout).map((document) => document.toJS());
    assert.deepEqual(others, []);
    assert.equal(train.metadata.name, "${train.name}");
    assert.equal(train.spec.entrypoint, "${the entrypoint, encoded}");
    assert.deepEqual(parse(train.spec.runtimeEnvYAML), { working_dir: "${code.uri}" });
    assert.deepEqual(score.metadata, { name: "${all-score.name}", namespace: "team" });
    const { containers, initContainers, volumes } = score.spec.rayClusterSpec.headGroupSpec.template.spec;
    const claims = volumes.map((volume: Volume) => volume.persistentVolumeClaim?.claimName);
    assert.deepEqual(new Set(claims), new Set(["old", "${the claim of out}", undefined]));
    assert.ok(initContainers.some(({ name }: { name: string }) => name === "model"));
    assert.deepEqual(containers[0].env, [
      { name: "KEY", valueFrom: { secretKeyRef: { name: "${the Secret of all-score}", key: "KEY" } } },
    ]);
    const { working_dir, env_vars, py_modules } = parse(score.spec.runtimeEnvYAML);
    assert.deepEqual([working_dir, env_vars], ["${the package of ./score}", { LEVEL: "3" }]);
    assert.match(py_modules[0], /^file:\/\/\/var\/lib\/rayjob\/code\/[0-9a-f]+\.zip$/);
  });

  it("refuses of a program what its preview refuses, at the places where it is written", async () => {
    const text = [
      "resources:",
      "  all:",
      "    type: rayjob:RayJobComponent",
      "    properties:",
      "      namespace: kube-system",
      "      volums: {}",
      "      operator: { values: { featureGates: [{ name: RayClusterMTLS, enabled: true }] } }",
      "      volumes: { data: { existingClaim: a, mountPath: data } }",
      "      jobs: { train: { image: ray, entrypoint: python a.py, workers: { a: { replicas: -1 } } } }",
      "  alone:",
      "    type: rayjob:RayJob",
      "    properties:",
      "      { image: ray, entrypoint: python a.py, runtimeEnv: { envVars: { KEY: { fn::secret: shh } } } }",
    ];
    const { code, stdout, stderr } = await new CommandLine(["render", "-"], {}, text.join("\n")).ended();
    assert.deepEqual([code, stdout], [1, ""]);
    assert.deepEqual(
      [...stderr.matchAll(/^<stdin>:(\d+):\d+: error: \S+properties\.(\S+): .*\((RJ\d+)\)$/gm)].map(
        ([, ...found]) => found,
      ),
      [
        ["5", "namespace", "RJ905"],
        ["6", "volums", "RJ001"],
        ["7", "operator.values.featureGates[0].name", "RJ912"],
        ["8", "volumes.data.mountPath", "RJ908"],
        ["9", "jobs.train.workers.a.replicas", "RJ308"],
        ["13", "runtimeEnv.envVars.KEY", "RJ801"],
      ],
    );
    assert.doesNotMatch(stderr, /shh/);
  });

  it("leaves out the deadline that an older KubeRay does not have", async () => {
    const specs = ["1.5.1", "1.6.2"].map(async (kubeRayVersion) => {
      const args = { image, entrypoint: "x", activeDeadlineSeconds: 60, kubeRayVersion };
      return (await read(args)).spec.preRunningDeadlineSeconds;
    });
    assert.deepEqual(await Promise.all(specs), [undefined, 1800]);
  });

  it("takes the jobs of a preview, of a program in any language", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const step = (op: string, type: string, inputs: object) => {
      return { op, urn: `urn:pulumi:dev::ml::rayjob:index:RayJobComponent$${type}::all-train`, newState: { inputs } };
    };
    const inputs = {
      name: "train-5fe0c19a",
      namespace: "ml",
      image,
      entrypoint: "echo ${HOME}",
      runtimeEnv: { workingDir: unknown },
    };
    const steps = [
      step("create", "rayjob:index:WorkingDir", { path: "." }),
      step("create-replacement", "rayjob:index:RayJob", inputs),
      step("replace", "rayjob:index:RayJob", inputs),
    ];
    const { code, stdout, stderr } = await new CommandLine(["render", "-"], {}, JSON.stringify({ steps })).ended();
    assert.equal(stderr, "Known only when it is deployed: ${all-train.runtimeEnv.workingDir}\n");
    const { metadata, spec } = parse(stdout);
    assert.deepEqual([code, metadata], [0, { name: "train-5fe0c19a", namespace: "ml" }]);
    assert.equal(parse(spec.runtimeEnvYAML).working_dir, "${all-train.runtimeEnv.workingDir}");
  });

  it("says what to do with what it does not read", async () => {
    const program = await new CommandLine(["render", "-"], {}, "name: ml\nruntime: nodejs\n").ended();
    assert.deepEqual([program.code, program.stdout], [2, ""]);
    assert.match(program.stderr, /program in nodejs, which is not read\. `pulumi preview --json/);
    const manifest = await new CommandLine(["render", "-"], {}, "apiVersion: ray.io/v1\nkind: RayJob\n").ended();
    assert.deepEqual([manifest.code, manifest.stdout], [2, ""]);
    assert.match(manifest.stderr, /`rayjob validate` judges/);
  });

  it("prints nothing of what is refused, but each reason at its place", async () => {
    const text = "entrypoint: python a.py\nimage: ray\nworkers:\n  gpu: { minReplicas: 1 }\nbackofLimit: 1\n";
    const { code, stdout, stderr } = await new CommandLine(["render", "-"], {}, text).ended();
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^<stdin>:4:10: error: workers\.gpu\.minReplicas: .*\(RJ313\)\n/);
    assert.match(stderr, /\n<stdin>:5:1: error: backofLimit: .*Did you mean "backoffLimit"\? \(RJ001\)\n$/);
  });

  it("takes in the packages of a file beside the arguments", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rayjob-render-"));
    try {
      const file = join(folder, "train.yaml");
      await writeFile(file, `image: ${image}\nentrypoint: python a.py\nruntimeEnv: { pip: requirements.txt }\n`);
      const without = await run(file);
      assert.equal(without.code, 1);
      assert.match(without.stderr, /train\.yaml:3:15: error: runtimeEnv\.pip: .*requirements\.txt/);
      await writeFile(join(folder, "requirements.txt"), "numpy==2.0\n");
      const { stdout } = await run(file);
      assert.match(stdout, /name: train-[0-9a-f]{8}\n(?:.*\n)*.*- numpy==2\.0\n/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("exits 2 for a program without jobs, and for one name for several", async () => {
    const none = await new CommandLine(["render", "-"], {}, "name: a\nruntime: yaml\nresources: {}\n").ended();
    assert.deepEqual([none.code, none.stderr], [2, "There is no RayJob in <stdin>\n"]);
    const two = await new CommandLine(["render", "-", "--name", "x"], {}, "image: a\n---\nimage: b\n").ended();
    assert.equal(two.code, 2);
  });
});

interface Volume {
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

function run(...args: string[]) {
  return new CommandLine(["render", ...args]).ended();
}

async function read(inputs: object, ...options: string[]) {
  const { stdout, stderr } = await new CommandLine(["render", "-", ...options], {}, JSON.stringify(inputs)).ended();
  assert.equal(stderr, "");
  return parse(stdout);
}
