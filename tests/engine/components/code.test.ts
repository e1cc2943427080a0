import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { aZip } from "../../support/aZip.ts";
import type { TestNamespace } from "../../support/cluster.ts";
import { ObjectStore } from "../../support/objectStore.ts";
import type { Rig } from "../../support/rig.ts";
import type { Run } from "../../support/run.ts";
import { stageForEach } from "../../support/stage.ts";
import { componentJob, componentProgram } from "../programs.ts";

const wheel = "model-1.0-py3-none-any.whl";

describe("the code of a component's job", () => {
  let store: ObjectStore;
  let namespace: TestNamespace;
  let rig: Rig;

  before(async () => {
    store = await ObjectStore.start();
    await store.createBucket("code");
  });

  after(() => store.dispose());

  stageForEach(
    "code",
    () => ({ resources: {} }),
    (stage) => {
      ({ namespace, rig } = stage);
    },
  );

  beforeEach(async () => {
    const { endpoint } = store;
    for (const [name, value] of Object.entries({ endpoint, usePathStyle: "true", accessKey: "AKIDEXAMPLE" })) {
      await rig.stack.setConfig(`rayjob:${name}`, { value });
    }
    await rig.stack.setConfig("rayjob:secretKey", { value: "hush", secret: true });
    await write("job/train.py", "print(1)\n");
    await write("libs/tools/__init__.py", "x = 1\n");
    await write("libs/tools/debug.log", "");
    await write(`dist/${wheel}`, aZip("model/__init__.py"));
  });

  it("is packaged in each of its forms, and the job has the URIs of the packages", async () => {
    await declare({
      workingDir: { "fn::fileArchive": "./job" },
      pyModules: [
        "libs/tools",
        `dist/${wheel}`,
        "https://example.com/other.zip",
        { "fn::fileArchive": "./libs/tools" },
      ],
      excludes: ["*.log"],
    });
    const preview = await succeeded(rig.preview());
    assert.deepEqual(
      said(preview, "info")
        .filter((line) => line.includes("code: "))
        .sort(),
      [
        "it-train code: 1 file, 9 bytes",
        "it-train.model code: 1 file, 0 bytes",
        "it-train.tools code: 1 file, 6 bytes",
        "it-train.tools-2 code: 1 file, 6 bytes",
      ],
    );
    await succeeded(rig.up());
    const { working_dir, py_modules, excludes } = await environment();
    const stored = (await store.keys("code")).map((key) => `s3://code/${key}`);
    // The directory and the archive of it are one package.
    assert.equal(stored.length, 3);
    assert(stored.includes(working_dir));
    assert.equal(py_modules[2], "https://example.com/other.zip");
    assert.equal(py_modules[0], py_modules[3]);
    for (const uri of [py_modules[0], py_modules[1]]) assert(stored.includes(String(uri)), uri);
    assert(py_modules[1]?.endsWith(`/${wheel}`));
    assert.equal(excludes, undefined);
    assert.deepEqual(said(await succeeded(rig.preview()), "info"), []);
  });

  it("says which file of a module runs the job again", async () => {
    await declare({ workingDir: "job", pyModules: ["libs/tools"], excludes: ["*.log"] });
    await succeeded(rig.up());
    await write("libs/tools/__init__.py", "x = 2\n");
    const lines = said(await succeeded(rig.preview()), "info");
    assert(
      lines.includes("it-train.tools code: 1 file changed (tools/__init__.py); 1 file, 6 bytes"),
      lines.join("\n"),
    );
    assert(lines.includes('it-train runs again: "runtimeEnv.pyModules[0]" changes'), lines.join("\n"));
    assert.equal(lines.length, 2);
  });

  it("is warned of when the entrypoint's script is not in it", async () => {
    await declare({ workingDir: "job" }, "python src/train.py");
    const sentence = '"src/train.py" is not in the package. Did you mean "train.py"?';
    assert.deepEqual(said(await succeeded(rig.preview()), "warning"), [sentence]);
    await declare({ workingDir: "job" }, "python train.py");
    assert.deepEqual(said(await succeeded(rig.preview()), "warning"), []);
  });

  async function declare(runtimeEnv: object, entrypoint = "python train.py"): Promise<void> {
    const job = componentJob({ entrypoint, runtimeEnv, waitFor: "none" });
    const { resources } = componentProgram(namespace.name, { train: job });
    const { properties, ...it } = resources.it;
    await rig.write({ resources: { it: { ...it, properties: { ...properties, existingBucket: "code" } } } });
  }

  async function write(path: string, content: string | Buffer): Promise<void> {
    await mkdir(dirname(join(rig.folder, path)), { recursive: true });
    await writeFile(join(rig.folder, path), content);
  }

  async function environment() {
    const [rayJob] = await namespace.rayJobs();
    return parse(String(rayJob?.spec?.runtimeEnvYAML)) as {
      readonly working_dir: string;
      readonly py_modules: readonly string[];
      readonly excludes?: unknown;
    };
  }
});

async function succeeded(running: Promise<Run>): Promise<Run> {
  const run = await running;
  assert(run.succeeded, run.text);
  return run;
}

function said(run: Run, severity: string): string[] {
  return run.diagnostics.filter((diagnostic) => diagnostic.severity === severity).map(({ message }) => message);
}
