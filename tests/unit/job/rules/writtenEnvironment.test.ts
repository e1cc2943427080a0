import assert from "node:assert/strict";
import { validate } from "../../../../provider/job/rules/validate.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import { mapOf, type PropertyMap } from "../../../../provider/values/value.ts";
import { aJob } from "../aJob.ts";

const inYaml: { yaml: string; found: string[]; more?: PropertyMap; because: string }[] = [
  { yaml: "working_dir: ./train", found: ["RJ503"], because: "no node sees this machine's directories" },
  { yaml: "working_dir: .", found: ["RJ503"], because: "nor the one that the program is in" },
  { yaml: "working_dir: /home/ray/app", found: [], because: "the submitter takes it out of its own image" },
  {
    yaml: "working_dir: /home/ray/app",
    more: { submissionMode: "HTTPMode" },
    found: ["RJ503"],
    because: "the operator has no such directory",
  },
  { yaml: "working_dir: http://h/c.zip", found: ["RJ504"], because: "anyone can alter it" },
  { yaml: "working_dir: pvc://code/c.zip", found: ["RJ505"], because: "Ray knows no such scheme" },
  { yaml: "working_dir: s3://b/c", found: ["RJ506"], because: "Ray looks at the end of the name" },
  { yaml: "working_dir: https://h/c.zip?X-Amz-Signature=a/b", found: [], because: "Ray looks at the path alone" },
  { yaml: "working_dir: https://h/c.zip;v=1", found: [], because: "nor is this of the path" },
  { yaml: "working_dir: https://h/c?file=c.zip", found: ["RJ506"], because: "the name is not in the query" },
  {
    yaml: "py_modules: [https://h/c.whl?x=1, https://h/c?c.whl]",
    found: ["RJ513"],
    because: "modules are no different",
  },
  { yaml: "working_dir: s3://b/c.whl", found: ["RJ506"], because: "a wheel is no directory" },
  { yaml: "working_dir: s3://b/c.tgz\npy_modules: [s3://b/c.tar.xz]", found: [], because: "Ray may be new" },
  {
    yaml: "working_dir: s3://b/c.tgz\npy_modules: [s3://b/c.tar.gz, s3://b/c.tar.xz]",
    more: withRay("2.56.0"),
    found: ["RJ513"],
    because: "this Ray reads two kinds of tar files",
  },
  { yaml: "working_dir: s3://b/c.tar.gz", more: withRay("2.55.1"), found: ["RJ506"], because: "Ray is too old" },
  { yaml: "working_dir: s3://b/c.tar.bz2", found: ["RJ506"], because: "no Ray takes that" },
  { yaml: "working_dir: local:///app", found: [], because: "Ray may be new" },
  { yaml: "working_dir: local:///app", more: withRay("2.60.0"), found: [], because: "this Ray knows it" },
  { yaml: "working_dir: local:///app", more: withRay("2.59.0"), found: ["RJ505"], because: "Ray is too old" },
  { yaml: "working_dir: s3://b/c.zip\npip: [a]\n", found: [], because: "nothing is wrong with it" },
  { yaml: "py_modules: [./lib, s3://b/lib]", found: ["RJ503", "RJ513"], because: "modules are no different" },
  { yaml: "py_modules: [s3://b/a.whl, /home/ray/lib]", found: [], because: "nor are these" },
  { yaml: "image_uri: ray\npip: [a]", found: ["RJ509"], because: "Ray sets nothing up in an image" },
  { yaml: "pip: [a]\nconda: base\n", found: ["RJ507"], because: "Ray takes one package manager" },
  { yaml: "config: {setup_timeout_seconds: 0}", found: ["RJ508"], because: "that is over at once" },
  { yaml: "working_dir: ./train\npip: [a]\nuv: [b]", found: ["RJ503", "RJ507"], because: "all is told at once" },
  { yaml: "env_vars: {A: '1', B: 2, C: yes, D: }", found: ["RJ514"], because: "Ray takes texts alone" },
  { yaml: "env_vars: [A]", found: ["RJ514"], because: "variables have names and values" },
  { yaml: "env_vars: {}", found: [], because: "there may be none" },
  { yaml: "uv: requirements.txt", found: ["RJ515"], because: "the submitter has no such file" },
  { yaml: "conda: environment.yaml", found: ["RJ515"], because: "it is no environment's name" },
  { yaml: "pip: /home/ray/requirements.txt", found: [], because: "that can be in the image" },
  { yaml: "conda: /opt/conda/envs/a", found: [], because: "an environment is a directory, too" },
  { yaml: "envVars: {A: '1'}\nwhatever: 1\n", found: ["RJ516", "RJ516"], because: "Ray has other names" },
  { yaml: "_nsight: default\nmy_pip: 1", found: ["RJ516"], because: "Ray has some names of its own" },
  { yaml: "env_vars: {HF_TOKEN: abc, A: b}", found: ["RJ811"], because: "everybody can read it" },
  { yaml: "env_vars: {HF_TOKEN: ''}", found: [], because: "there is nothing to read" },
];

describe("validate, of a runtime environment in YAML", () => {
  for (const { yaml, more, found, because } of inYaml) {
    it(`finds ${found.join(", ") || "nothing"} in the YAML ${JSON.stringify(yaml)}: ${because}`, () => {
      const findings = validate(aJob({ runtimeEnvYAML: yaml, ...more })).map(
        ({ path, code }) => `${formatPath(path)} ${code}`,
      );
      assert.deepEqual(
        findings,
        found.map((code) => `runtimeEnvYAML ${code}`),
      );
    });
  }

  it("means the name that was probably meant", () => {
    const [finding] = validate(aJob({ runtimeEnvYAML: "envVars: {A: '1'}" }));
    assert.equal(finding?.problem, 'Ray has no "envVars" in a runtime environment, and leaves it out');
    assert.equal(finding?.hint, 'Did you mean "env_vars"?');
  });
});

function withRay(rayVersion: string): PropertyMap {
  return { rayClusterSpec: { ...mapOf(aJob().rayClusterSpec), rayVersion } };
}
