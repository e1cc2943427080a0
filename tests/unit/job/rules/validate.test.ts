import assert from "node:assert/strict";
import fc from "fast-check";
import { type Finding, sentenceOf } from "../../../../provider/findings/finding.ts";
import { secretFindings } from "../../../../provider/job/rules/secrets.ts";
import { rules, validate } from "../../../../provider/job/rules/validate.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import { mapOf, type PropertyMap, UNKNOWN, type Value } from "../../../../provider/values/value.ts";
import { validJobs } from "../../../oracle/rules/jobs.ts";
import { mutated, someMutation } from "../../../oracle/rules/mutations.ts";
import { aJob, argumentNames, someInputs } from "../aJob.ts";

const container = [{ name: "ray", image: "rayproject/ray:2.52.0" }];
const template = { spec: { containers: container } };

const deletionRules = [{ jobStatus: "SUCCEEDED" }, { jobDeploymentStatus: "Failed" }].map((condition) => ({
  policy: "DeleteCluster",
  condition,
}));

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
          { groupName: "a", replicas: 1, template },
          { groupName: "b", template: {}, minReplicas: 3, maxReplicas: 1 },
          { groupName: "a", replicas: 1, template },
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
    job: {
      entrypoint: null,
      submitterPodTemplate: {
        spec: { restartPolicy: "Never", containers: [{ name: "submitter", image: "submit:1", command: ["./submit"] }] },
      },
    },
    found: [],
    because: "the submitter's own command stands in for the entrypoint",
  },
  {
    job: {
      entrypoint: null,
      submissionMode: "HTTPMode",
      submitterPodTemplate: { spec: { containers: [{ name: "submitter", image: "submit:1", command: ["./submit"] }] } },
    },
    found: ["entrypoint RJ201"],
    because: "in HTTPMode nobody runs that command",
  },
  {
    job: { runtimeEnv: { workingDir: "s3://code/model-1.0-py3-none-any.whl", pyModules: ["pvc://code/a.whl"] } },
    found: ["runtimeEnv.workingDir RJ506"],
    because: "a wheel is a module, whoever fetches it",
  },
  {
    job: { suspend: true, shutdownAfterJobFinishes: true, waitFor: "none" },
    found: [],
    because: "the cluster may be deleted",
  },
  {
    job: { suspend: true, waitFor: "none", deletionStrategy: { deletionRules } },
    found: ["suspend RJ401"],
    because: "deletion rules take away the shutdown that suspending needs",
  },
  {
    job: { ttlSecondsAfterFinished: 60, rayClusterSpec: null, existingCluster: "shared" },
    found: ["ttlSecondsAfterFinished RJ403"],
    because: "an existing cluster is never deleted",
  },
  {
    job: {
      serviceAccountName: "a".repeat(51),
      rayClusterSpec: {
        enableInTreeAutoscaling: true,
        rayVersion: "2.52.0",
        headGroupSpec: { template: { spec: { containers: container, serviceAccountName: "ray" } } },
      },
    },
    found: [],
    because: "the service account of the head's template is the one that counts",
  },
  {
    job: { submissionMode: "HTTPMode", submitterPodTemplate: { spec: { containers: [] } } },
    found: [],
    because: "nobody looks at a submitter's template where there is no submitter",
  },
  {
    job: { submissionMode: "HTTPMode", jobId: "a b" },
    found: [],
    because: "no shell reads the id where there is no submitter",
  },
  {
    job: { submissionMode: "SidecarMode", backoffLimit: 1, activeDeadlineSeconds: 9 },
    found: [],
    because: "a sidecar can be retried",
  },
  {
    job: {
      mounts: { a: { claimName: "a", mountPath: "/data" }, b: { claimName: "b", mountPath: "/data" } },
    },
    found: ["mounts.b.mountPath RJ705"],
    because: "two mounts meet as a mount and one of a template do",
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
    job: {
      runtimeEnv: { workingDir: "https://h/c.zip?versionId=1", pyModules: ["https://h/a.whl#b", "s3://b/c.tgz"] },
    },
    found: [],
    because: "Ray looks at the path alone, and newer Ray reads tar files",
  },
  {
    job: { runtimeEnv: { workingDir: "S3://b/c.zip", conda: "base", uv: { packages: ["a"] } } },
    found: ["runtimeEnv RJ507"],
    because: "schemes may be written in capitals, and uv takes settings, too",
  },
  {
    job: {
      runtimeEnv: { workingDir: "s3://b/code", pyModules: ["./lib", "http://h/a.whl", "pvc://claim", "pvc://c/../d"] },
    },
    found: [
      "runtimeEnv.pyModules[0] RJ503",
      "runtimeEnv.pyModules[1] RJ504",
      "runtimeEnv.pyModules[3] RJ510",
      "runtimeEnv.pyModules[2] RJ511",
    ],
    because: "each module is judged at its own place",
  },
  {
    job: {
      stage: {
        a: { from: "./a", to: "/a" },
        b: { from: "https://h/", to: "/" },
        c: { from: "s3://b/c", to: "/c/../d", on: "gpu" },
      },
    },
    found: ["stage.a.from RJ714", "stage.b.from RJ715", "stage.b.to RJ716", "stage.c.to RJ716", "stage.c.on RJ718"],
    because: "all that is wrong with what is staged is told",
  },
  {
    job: { stage: { a: { from: "s3://b/a", to: "/a" }, b: { from: "s3://b/b", to: "/a/b" } }, secretEnv: {} },
    found: [],
    because: "one may be copied into the folder of another",
  },
  {
    job: { secretEnv: { TOKEN: { name: "a" } }, runtimeEnvYAML: "env_vars: {TOKEN: x}" },
    found: ["secretEnv.TOKEN RJ723"],
    because: "YAML has variables, too",
  },
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
  const versions: Readonly<Record<string, boolean>> = {
    "2.6": true,
    "3": true,
    "v2.52.0": true,
    "2.52.0+cu121": true,
    "02.060.0": true,
    "2": false,
    "2.5.9": false,
    "2.52.0rc1": false,
    "3.0.0.dev0": false,
    "2.46.0-py310": false,
    nightly: false,
  };
  for (const [rayVersion, takes] of Object.entries(versions)) {
    it(`${takes ? "lets metadata go" : "does not let metadata go"} to Ray ${rayVersion}, as KubeRay's semver does`, () => {
      const rayClusterSpec = { ...mapOf(aJob().rayClusterSpec), rayVersion };
      const found = validate(aJob({ metadata: { team: "ml" }, rayClusterSpec })).map(told);
      assert.deepEqual(found, takes ? [] : ["rayClusterSpec.rayVersion RJ222"]);
    });
  }

  for (const { job, found, because } of cases) {
    it(`finds ${found.join(", ") || "nothing"} in ${JSON.stringify(job)}: ${because}`, () => {
      assert.deepEqual(validate(aJob(job)).map(told), found);
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

describe("validate, of a job in which something is unknown", () => {
  it("finds no more than with any value there, wherever it is", () => {
    fc.assert(
      fc.property(validJobs, someMutation, someMutation, (job, first, second) => {
        fc.pre(second.value !== undefined); // What is unknown is something.
        const known = new Set(validate(mutated(job, [first, second])).map(told));
        for (const finding of validate(mutated(job, [first, { ...second, value: UNKNOWN }])).map(told))
          assert.ok(known.has(finding), finding);
      }),
      { numRuns: 500 },
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
        'Kubernetes Secret and refer to it by "secretEnv", or declare the job in a RayJobComponent, which does so for ' +
        '"runtimeEnv.envVars" (RJ801)',
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
