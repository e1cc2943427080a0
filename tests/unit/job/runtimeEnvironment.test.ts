import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { submittedRuntimeEnv } from "../../../provider/job/quoting/submitted.ts";
import { rayRuntimeEnvOf } from "../../../provider/job/runtimeEnvironment.ts";
import { mappingOf } from "../../../provider/job/yaml.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";

const everything: PropertyMap = {
  workingDir: "s3://code/train-7f3a.zip",
  pyModules: ["s3://code/lib.whl"],
  javaJars: ["s3://code/lib.jar"],
  excludes: ["*.csv"],
  pip: { packages: ["numpy"], pipCheck: false, pipVersion: "==24.0", pipInstallOptions: ["--user"] },
  uv: { packages: ["torch"], uvCheck: true, uvVersion: "==0.5.0", uvPipInstallOptions: [] },
  conda: { dependencies: ["python=3.12", { pip: ["a"] }], channelPriority: "strict" },
  envVars: { MODEL_DIR: "/output", workingDir: "mine", "with.dot": "yes" },
  pyExecutable: "uv run",
  imageUri: "rayproject/ray:2.52.0",
  workerProcessSetupHook: "pkg.setup",
  nsight: { "cuda-graph-trace": "graph" },
  config: { setupTimeoutSeconds: 900, eagerInstall: true, log_files: ["a"] },
  somePlugin: { keepMe: 1 },
  constructor: { keepMe: 2 }, // a name that every object inherits
};

describe("rayRuntimeEnvOf", () => {
  it("gives every name of this package Ray's, and leaves those that users choose", () => {
    assert.deepEqual(rayRuntimeEnvOf(everything), {
      working_dir: "s3://code/train-7f3a.zip",
      py_modules: ["s3://code/lib.whl"],
      java_jars: ["s3://code/lib.jar"],
      excludes: ["*.csv"],
      pip: { packages: ["numpy"], pip_check: false, pip_version: "==24.0", pip_install_options: ["--user"] },
      uv: { packages: ["torch"], uv_check: true, uv_version: "==0.5.0", uv_pip_install_options: [] },
      conda: { dependencies: ["python=3.12", { pip: ["a"] }], channelPriority: "strict" },
      env_vars: { MODEL_DIR: "/output", workingDir: "mine", "with.dot": "yes" },
      py_executable: "uv run",
      image_uri: "rayproject/ray:2.52.0",
      worker_process_setup_hook: "pkg.setup",
      _nsight: { "cuda-graph-trace": "graph" },
      config: { setup_timeout_seconds: 900, eager_install: true, log_files: ["a"] },
      somePlugin: { keepMe: 1 },
      constructor: { keepMe: 2 },
    });
  });

  it("leaves out what is null", () => {
    assert.deepEqual(rayRuntimeEnvOf({ pip: null, config: { eagerInstall: null }, envVars: { A: null } }), {
      config: {},
      env_vars: {},
    });
  });
});

describe("submittedRuntimeEnv", () => {
  it("writes blocks, in the order of the names", () => {
    const runtimeEnv = { workingDir: "s3://b/c.zip", pip: ["xgboost", "numpy"], envVars: { B: "1", A: "no" } };
    assert.equal(
      yamlTextOf(runtimeEnv),
      'env_vars:\n  A: "no"\n  B: "1"\npip:\n  - xgboost\n  - numpy\nworking_dir: s3://b/c.zip\n',
    );
  });

  it("does not depend on the order in which the properties were written", () => {
    assert.equal(yamlTextOf(Object.fromEntries(Object.entries(everything).reverse())), yamlTextOf(everything));
  });

  it("is read back as what it says, by a parser of YAML 1.1 as by one of 1.2, whatever the texts are", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "no",
        "1",
        "0o7",
        "1e3",
        "~",
        "null",
        "- a",
        "a: b",
        "#",
        " x ",
        "a\nb",
        "\t",
        "|",
        "012",
        "1:30",
        "=",
        "<<",
        "2026-01-01",
      ),
    );
    const runtimeEnv = fc.record({
      workingDir: text,
      pip: fc.array(text),
      envVars: fc.dictionary(text, text),
      conda: fc.dictionary(text, text),
    });
    fc.assert(
      fc.property(runtimeEnv, (said) => {
        const yaml = yamlTextOf(said);
        assert.deepEqual(plain(mappingOf(yaml)), plain(rayRuntimeEnvOf(said)));
        assert.deepEqual(plain(parse(yaml)), plain(rayRuntimeEnvOf(said)));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("mappingOf", () => {
  const texts: { text: string; mapping: PropertyMap | undefined; because: string }[] = [
    { text: "pip: [a]", mapping: { pip: ["a"] }, because: "it is one" },
    { text: "a: no\nb: 012", mapping: { a: false, b: 10 }, because: "KubeRay reads YAML 1.1" },
    { text: "a: 2026-01-01\nb: 1:30", mapping: { a: "2026-01-01", b: "1:30" }, because: "KubeRay knows no times" },
    {
      text: "a: .\nb: .5\nc: 5.\nd: 1_0.5",
      mapping: { a: ".", b: 0.5, c: 5, d: 10.5 },
      because: "a dot is a directory, and no number",
    },
    { text: "a: &x {b: 1}\nc: {<<: *x}", mapping: { a: { b: 1 }, c: { b: 1 } }, because: "it may refer to itself" },
    { text: "- a", mapping: undefined, because: "it is a list" },
    { text: "pip", mapping: undefined, because: "it is a text" },
    { text: "", mapping: undefined, because: "it says nothing" },
    { text: "a: [", mapping: undefined, because: "it is not closed" },
    { text: "a: 1\na: 2", mapping: undefined, because: "it says one thing twice" },
    { text: "a: *b", mapping: undefined, because: "it refers to nothing" },
    { text: "a: 1\n---\nb: 2", mapping: undefined, because: "it is two documents" },
    { text: "? [a]\n: b", mapping: undefined, because: "a list is no name in JSON" },
    { text: "null: 1", mapping: undefined, because: "nor is nothing" },
    { text: "a: [.inf]", mapping: undefined, because: "nor is infinity a number there" },
    { text: "a: \u0007", mapping: undefined, because: "KubeRay takes no bells" },
    { text: "%YAML 1.2\n---\na: 1", mapping: undefined, because: "KubeRay reads YAML 1.1 alone" },
    { text: "%YAML 1.1\n---\na: 1", mapping: { a: 1 }, because: "this is 1.1" },
  ];
  for (const { text, mapping, because } of texts) {
    it(`reads ${JSON.stringify(text)} as ${JSON.stringify(mapping)}: ${because}`, () => {
      assert.deepEqual(mappingOf(text), mapping);
    });
  }
});

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The text for an operator that submits by itself: no shell has to be heeded. */
function yamlTextOf(runtimeEnv: PropertyMap): string {
  return String(submittedRuntimeEnv({ runtimeEnv, submissionMode: "HTTPMode" }));
}
