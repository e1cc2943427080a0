import assert from "node:assert/strict";
import fc from "fast-check";
import { type Finding, sentenceOf } from "../../../../provider/findings/finding.ts";
import { secretFindings } from "../../../../provider/job/rules/secrets.ts";
import { rules, validate } from "../../../../provider/job/rules/validate.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN, type Value } from "../../../../provider/values/value.ts";
import { aJob, argumentNames, someInputs } from "../aJob.ts";

const container = [{ name: "ray", image: "rayproject/ray:2.52.0" }];
const template = { spec: { containers: container } };

const cases: { job: PropertyMap; found: string[]; because: string }[] = [
  { job: {}, found: [], because: "the small job is valid" },
  {
    job: { entrypoint: null, namespace: "Team", backoffLimit: -1, waitFor: "ready!" },
    found: ["namespace RJ103", "entrypoint RJ201", "backoffLimit RJ408", "waitFor RJ601"],
    because: "everything is told at once",
  },
  {
    job: {
      rayClusterSpec: {
        headGroupSpec: { template },
        workerGroupSpecs: [
          { groupName: "a", template },
          { groupName: "b", template: {}, minReplicas: 3, maxReplicas: 1 },
          { groupName: "a", template },
        ],
      },
    },
    found: [
      "rayClusterSpec.workerGroupSpecs[1].template.spec.containers RJ305",
      "rayClusterSpec.workerGroupSpecs[2].groupName RJ306",
      "rayClusterSpec.workerGroupSpecs[1].minReplicas RJ307",
    ],
    because: "a finding stands at the group that it is about",
  },
  {
    job: { annotations: { "pulumi-rayjob/urn": "x" } },
    found: ['annotations["pulumi-rayjob/urn"] RJ104'],
    because: "annotations are kept like labels",
  },
  {
    job: { entrypoint: null, submitterPodTemplate: { spec: { containers: [{ command: ["./submit"] }] } } },
    found: [],
    because: "the submitter's own command stands in for the entrypoint",
  },
  {
    job: { suspend: true, shutdownAfterJobFinishes: true, waitFor: "none" },
    found: [],
    because: "the cluster may be deleted",
  },
  {
    job: { suspend: true, waitFor: "none", deletionStrategy: { deletionRules: [{ policy: "DeleteCluster" }] } },
    found: ["suspend RJ401"],
    because: "deletion rules take away the shutdown that suspending needs",
  },
  {
    job: { ttlSecondsAfterFinished: 60, rayClusterSpec: null, existingCluster: "shared" },
    found: ["ttlSecondsAfterFinished RJ403"],
    because: "an existing cluster is never deleted",
  },
  {
    job: { submissionMode: "SidecarMode", backoffLimit: 1, activeDeadlineSeconds: 9 },
    found: [],
    because: "a sidecar can be retried",
  },
  {
    job: { runtimeEnv: { workingDir: "/home/ray/app" } },
    found: ["runtimeEnv.workingDir RJ503"],
    because: "a path is no URI",
  },
  {
    job: { runtimeEnv: { workingDir: "C:\\train" } },
    found: ["runtimeEnv.workingDir RJ503"],
    because: "nor is a drive a scheme",
  },
  {
    job: { runtimeEnv: { workingDir: "https://h/c.zip?versionId=1" } },
    found: ["runtimeEnv.workingDir RJ506"],
    because: "Ray looks at the end of the whole URI",
  },
  {
    job: { runtimeEnv: { workingDir: "S3://b/c.zip", conda: "base", uv: { packages: ["a"] } } },
    found: ["runtimeEnv RJ507"],
    because: "schemes may be written in capitals, and uv takes settings, too",
  },
];

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
  { yaml: "working_dir: s3://b/c.zip\npip: [a]\n", found: [], because: "nothing is wrong with it" },
  { yaml: "pip: [a]\nconda: base\n", found: ["RJ507"], because: "Ray takes one package manager" },
  { yaml: "config: {setup_timeout_seconds: 0}", found: ["RJ508"], because: "that is over at once" },
  { yaml: "working_dir: ./train\npip: [a]\nuv: [b]", found: ["RJ503", "RJ507"], because: "all is told at once" },
];

const unknowns: { job: PropertyMap; because: string }[] = [
  { job: { entrypoint: UNKNOWN }, because: "it may be a command" },
  { job: { rayClusterSpec: UNKNOWN }, because: "it may be a cluster" },
  { job: { existingCluster: UNKNOWN }, because: "it may turn out to be nothing" },
  {
    job: { runtimeEnv: { workingDir: UNKNOWN, pip: [UNKNOWN], envVars: { A: UNKNOWN } } },
    because: "they may be right",
  },
  { job: { suspend: true, waitFor: "none", deletionStrategy: UNKNOWN }, because: "it may have no rules" },
  { job: { submissionMode: UNKNOWN, submitterConfig: { backoffLimit: 1 } }, because: "it may not be SidecarMode" },
  {
    job: { rayClusterSpec: { headGroupSpec: { template: { spec: { containers: [UNKNOWN] } } } } },
    because: "one is there",
  },
  {
    job: {
      rayClusterSpec: {
        headGroupSpec: { template },
        workerGroupSpecs: [{ groupName: UNKNOWN, minReplicas: 4, maxReplicas: UNKNOWN, template: UNKNOWN }],
      },
    },
    because: "each of them may be right",
  },
];

describe("validate", () => {
  for (const { job, found, because } of cases) {
    it(`finds ${found.join(", ") || "nothing"} in ${JSON.stringify(job)}: ${because}`, () => {
      assert.deepEqual(validate(aJob(job)).map(told), found);
    });
  }

  for (const { yaml, more, found, because } of inYaml) {
    it(`finds ${found.join(", ") || "nothing"} in the YAML ${JSON.stringify(yaml)}: ${because}`, () => {
      const findings = validate(aJob({ runtimeEnvYAML: yaml, ...more })).map(told);
      assert.deepEqual(
        findings,
        found.map((code) => `runtimeEnvYAML ${code}`),
      );
    });
  }

  for (const { job, because } of unknowns) {
    it(`does not guess at ${Object.keys(job).join(", ")} while it is unknown: ${because}`, () => {
      assert.deepEqual(validate(aJob(job)), []);
    });
  }

  it("still judges what is known beside what is not", () => {
    const workerGroupSpecs: Value = [
      { groupName: UNKNOWN, template },
      { groupName: "b", minReplicas: 2, maxReplicas: 1, template },
    ];
    const found = validate(aJob({ rayClusterSpec: { headGroupSpec: { template }, workerGroupSpecs } })).map(told);
    assert.deepEqual(found, ["rayClusterSpec.workerGroupSpecs[1].minReplicas RJ307"]);
  });

  it("leaves arguments of a wrong type to the check of shapes, however wrong they are", () => {
    const anything = fc.oneof(
      fc.constantFrom<Value>(UNKNOWN, null, 0, "", [], {}, [{}], [UNKNOWN]),
      fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Value>,
    );
    const inputs = fc.record(Object.fromEntries(argumentNames.map((name) => [name, anything])), { requiredKeys: [] });
    fc.assert(
      fc.property(inputs, (wrong) => {
        for (const { problem } of validate(wrong as PropertyMap))
          assert.doesNotMatch(problem, /undefined|object Object/);
      }),
      { numRuns: 1000 },
    );
  });

  it("finds no more when an argument becomes unknown", () => {
    fc.assert(
      fc.property(someInputs, fc.constantFrom(...argumentNames), (inputs, name) => {
        const known = new Set(validate(inputs).map(told));
        if (!(name in inputs)) return;
        for (const finding of validate({ ...inputs, [name]: UNKNOWN }).map(told))
          assert.ok(known.has(finding), finding);
      }),
    );
  });
});

describe("sentenceOf", () => {
  it("says what is wrong, what to do, and the code to look up", () => {
    const [finding] = validate(aJob({ submissionMode: "K8JobMode" }));
    assert.ok(finding);
    assert.equal(
      sentenceOf(finding),
      'There is no submission mode "K8JobMode". Hint: Did you mean "K8sJobMode"? (RJ202)',
    );
  });
});

describe("secretFindings", () => {
  it("refuses a secret at its place, and says where it belongs", () => {
    const [finding, ...others] = secretFindings([["runtimeEnv", "envVars", "TOKEN"]]);
    assert.ok(finding);
    assert.deepEqual(others, []);
    assert.equal(told(finding), "runtimeEnv.envVars.TOKEN RJ801");
    assert.equal(
      sentenceOf(finding),
      'Cannot keep "runtimeEnv.envVars.TOKEN" secret: it would be readable in the RayJob. Hint: Put the value into a ' +
        'Kubernetes Secret and refer to it by "valueFrom.secretKeyRef" in the "env" of the containers in the pod templates (RJ801)',
    );
  });
});

describe("the code of a secret", () => {
  it("is no rule's", () => {
    const codes: string[] = rules.map(({ code }) => code);
    for (const { code } of secretFindings([["namespace"]])) assert(!codes.includes(code), code);
  });
});

function told({ path, code }: Finding): string {
  return `${formatPath(path)} ${code}`;
}
