import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { manifestOf } from "../../../provider/job/manifest.ts";
import { manifestFindings } from "../../../provider/job/manifestFindings.ts";
import { ownerOf } from "../../../provider/job/owner.ts";
import type { KubeRayFields } from "../../../provider/job/spec/fields.ts";
import { formatPath } from "../../../provider/values/path.ts";
import { mapOf, type PropertyMap } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

const fields: KubeRayFields = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve("#kuberay-fields.json")), "utf8"),
);

describe("a RayJob that is written by hand", () => {
  const cases: readonly (readonly [spec: PropertyMap, found: readonly string[], because: string, version?: string])[] =
    [
      [{}, [], "it is a good one"],
      [{ submissionmode: "HTTPMode" }, ["spec.submissionmode RJ001"], "a name is mistyped"],
      [{ mounts: {} }, ["spec.mounts RJ001"], "an argument of this package is no field of KubeRay's"],
      [{ waitFor: "none", suspend: true }, ["spec.waitFor RJ001"], "nor is any other, and nobody waits for it"],
      [{ backoffLimit: "2" }, ["spec.backoffLimit RJ002"], "a number is a text"],
      [
        { rayClusterSpec: { headGroupSpec: { template: { spec: { containers: [null] } } } } },
        ["spec.rayClusterSpec.headGroupSpec.template.spec.containers[0] RJ002"],
        "the API server leaves no element of a list out",
      ],
      [{ submissionMode: "HttpMode" }, ["spec.submissionMode RJ202"], "KubeRay has no such mode"],
      [{ shutdownAfterJobFinishes: null }, ["spec.shutdownAfterJobFinishes RJ411"], "KubeRay keeps the cluster"],
      [
        { shutdownAfterJobFinishes: null, ttlSecondsAfterFinished: 60 },
        ["spec.ttlSecondsAfterFinished RJ403", "spec.shutdownAfterJobFinishes RJ411"],
        "the flag is not filled in by this package",
      ],
      [
        { shutdownAfterJobFinishes: null, suspend: true },
        ["spec.suspend RJ401", "spec.shutdownAfterJobFinishes RJ411"],
        "KubeRay's own default counts",
      ],
      [
        { submissionMode: "InteractiveMode", entrypoint: null },
        ["spec.preRunningDeadlineSeconds RJ412"],
        "nobody may ever submit it",
      ],
      [
        { submissionMode: "InteractiveMode", entrypoint: null, preRunningDeadlineSeconds: 60 },
        [],
        "it has until then to be submitted",
      ],
      [
        { submissionMode: "InteractiveMode", entrypoint: null },
        ["spec.preRunningDeadlineSeconds RJ412"],
        "its other deadline does not count while it waits",
        "1.5.1",
      ],
      [{ activeDeadlineSeconds: null }, ["spec.activeDeadlineSeconds RJ442"], "nothing ends it"],
      [{ activeDeadlineSeconds: null }, ["spec.activeDeadlineSeconds RJ442"], "KubeRay could end it", "1.6.2"],
      [{ activeDeadlineSeconds: null, preRunningDeadlineSeconds: 60 }, [], "one deadline is enough"],
      [{ rayClusterSpec: null }, ["spec.rayClusterSpec RJ301"], "it has no cluster"],
      [
        { deletionStrategy: {}, shutdownAfterJobFinishes: null },
        ["spec.deletionStrategy.deletionRules RJ422", "spec.shutdownAfterJobFinishes RJ411"],
        "an empty strategy is one, to KubeRay",
      ],
      [
        { submissionMode: "SidecarMode", submitterConfig: {} },
        ["spec.submitterConfig RJ203"],
        "so are empty settings of a submitter",
      ],
      [
        { submissionMode: "SidecarMode", submitterPodTemplate: {} },
        ["spec.submitterPodTemplate RJ203"],
        "and an empty pod of it",
      ],
      [
        { submitterPodTemplate: {} },
        ["spec.submitterPodTemplate.spec.containers RJ223", "spec.submitterPodTemplate.spec.restartPolicy RJ224"],
        "nobody could submit it",
      ],
      [{ submitterPodTemplate: {}, submissionMode: "HTTPMode" }, [], "nobody looks at the template"],
      [{ managedBy: "" }, ["spec.managedBy RJ207"], "the API server does not take an empty name"],
      [{ submissionMode: "" }, ["spec.submissionMode RJ202"], "KubeRay would submit nothing"],
      [
        { runtimeEnvYAML: "", metadata: {}, clusterSelector: {}, jobId: "" },
        [],
        "KubeRay itself takes these for nothing",
      ],
      [
        { submitterPodTemplate: { spec: { containers: [{ name: "submitter" }, { name: "proxy" }] } } },
        [
          "spec.submitterPodTemplate.spec.restartPolicy RJ224",
          "spec.submitterPodTemplate.spec.containers[0].image RJ225",
          "spec.submitterPodTemplate.spec.containers[1].image RJ225",
        ],
        "Kubernetes would refuse the submitter, and nothing is filled in",
      ],
      [
        {
          submitterPodTemplate: { spec: { restartPolicy: "Never", containers: [{ name: "submitter", image: "ray" }] } },
        },
        [],
        "the submitter is complete",
      ],
      [{ preRunningDeadlineSeconds: 60 }, ["spec.preRunningDeadlineSeconds RJ004"], "KubeRay is too old", "1.5.1"],
      [
        { metadata: { team: 1 } },
        ["spec.metadata.team RJ002", "spec.rayClusterSpec.rayVersion RJ222"],
        "the job's own metadata are of the spec",
      ],
    ];
  for (const [spec, found, because, version] of cases) {
    it(`is judged as ${JSON.stringify(found)} where ${because}`, () => {
      assert.deepEqual(findings(aRayJob({ spec }), version), found);
    });
  }

  const weighed: readonly (readonly [spec: PropertyMap, found: readonly string[], because: string])[] = [
    [{ runtimeEnvYAML: "working_dir: ./" }, ["RJ503 warning"], "the submitter's image can have the directory"],
    [{ runtimeEnvYAML: "pip: requirements.txt" }, ["RJ515 warning"], "and the file"],
    [{ runtimeEnvYAML: "working_dir: ./", submissionMode: "SidecarMode" }, ["RJ503 warning"], "the head can, too"],
    [{ runtimeEnvYAML: "working_dir: ./", submissionMode: "HTTPMode" }, ["RJ503 error"], "the operator cannot"],
    [
      { runtimeEnvYAML: "pip: requirements.txt", submissionMode: "HTTPMode" },
      ["RJ515 warning"],
      "Ray looks for the file in the head",
    ],
    [
      {
        runtimeEnvYAML: "working_dir: ./\npip: requirements.txt",
        submissionMode: "InteractiveMode",
        entrypoint: null,
        preRunningDeadlineSeconds: 60,
      },
      [],
      "whoever submits it has files of their own",
    ],
    [{ runtimeEnvYAML: "working_dir: http://h/c.zip" }, ["RJ504 warning"], "newer Ray takes it"],
  ];
  for (const [spec, found, because] of weighed) {
    it(`has ${found.join(", ") || "nothing"} of ${JSON.stringify(spec)}: ${because}`, () => {
      const told = manifestFindings(aRayJob({ spec }), { fields });
      assert.deepEqual(
        told.map(({ code, severity }) => `${code} ${severity}`),
        found,
      );
    });
  }

  it("may be suspended in a queue: so it stands in the cluster", () => {
    const metadata = { name: "train", labels: { "kueue.x-k8s.io/queue-name": "ml" } };
    assert.deepEqual(findings(aRayJob({ metadata, spec: { suspend: true } })), []);
  });

  it("says where Ray looks for a directory, and how to silence that", () => {
    const [finding] = manifestFindings(aRayJob({ spec: { runtimeEnvYAML: "working_dir: ./" } }), { fields });
    assert.equal(finding?.problem, 'Ray looks for the directory "./" in the pod that submits the job');
    assert.match(finding?.hint ?? "", /if the image has it, --allow RJ503 silences this$/);
  });

  const pasted: readonly (readonly [spec: PropertyMap, found: readonly string[]])[] = [
    [{ entrypoint: "cd /app && python train.py" }, ["spec.entrypoint RJ210"]],
    [{ entrypoint: "bash -c 'cd /app && python train.py'" }, []],
    [{ entrypoint: "cd /app && python train.py", submissionMode: "HTTPMode" }, []],
    [{ entrypoint: "python $A", submissionMode: "SidecarMode" }, ["spec.entrypoint RJ210"]],
    [{ runtimeEnvYAML: "env_vars: {PATH: '/app:$PATH'}" }, ["spec.runtimeEnvYAML RJ211"]],
    [{ runtimeEnvYAML: "env_vars: {PRICE: '5 $'}" }, []],
    [
      { metadata: { "by`id`": "me", cost: "$5" }, ...withVersion() },
      ['spec.metadata["by`id`"] RJ211', "spec.metadata.cost RJ211"],
    ],
    [{ jobId: "a b" }, ["spec.jobId RJ209"]],
    [{ jobId: "a b", submissionMode: "HTTPMode" }, []],
  ];
  for (const [spec, found] of pasted) {
    it(`is pasted into a script: ${JSON.stringify(found)} of ${JSON.stringify(spec)}`, () => {
      assert.deepEqual(findings(aRayJob({ spec })), found);
    });
  }

  it("is not pasted where its submitter has a command of its own", () => {
    const containers = [{ name: "submitter", image: "ray", command: ["./submit"] }];
    const spec = {
      jobId: "a b",
      entrypoint: "a; b",
      submitterPodTemplate: { spec: { restartPolicy: "Never", containers } },
    };
    assert.deepEqual(findings(aRayJob({ spec })), []);
  });

  it("has been quoted by this package", () => {
    const job = aJob({
      entrypoint: "a && b $C",
      metadata: { a: "$B" },
      runtimeEnv: { envVars: { A: "`b` $C" } },
      ...withVersion(),
    });
    assert.deepEqual(findings(manifestOf(job, ownerOf("urn", "provider")) as unknown as PropertyMap), []);
  });

  const pair = { onSuccess: { policy: "DeleteCluster" }, onFailure: { policy: "DeleteNone" } };
  const strategies: readonly (readonly [strategy: PropertyMap, more: PropertyMap, found: readonly string[]])[] = [
    [pair, {}, ["onSuccess warning", "onFailure warning"]],
    [{ onSuccess: pair.onSuccess }, {}, ["onSuccess error"]],
    [{ ...pair, onFailure: {} }, {}, ["onSuccess error", "onFailure error"]],
    [{ ...pair, onFailure: { policy: "Delete" } }, {}, ["onSuccess error", "onFailure error"]],
    [{ ...pair, deletionRules: [] }, {}, ["onSuccess error", "onFailure error"]],
    [pair, { shutdownAfterJobFinishes: true }, ["onSuccess error", "onFailure error"]],
    [
      { ...pair, onSuccess: { policy: "DeleteWorkers" } },
      { rayClusterSpec: { ...mapOf(aJob().rayClusterSpec), enableInTreeAutoscaling: true } },
      ["onSuccess error", "onFailure error"],
    ],
  ];
  for (const [deletionStrategy, more, found] of strategies) {
    it(`has older deletion policies that KubeRay takes or refuses: ${JSON.stringify([deletionStrategy, more])}`, () => {
      const spec = { deletionStrategy, shutdownAfterJobFinishes: null, ...more };
      const told = manifestFindings(aRayJob({ spec }), { fields }).filter(({ code }) => code === "RJ421");
      assert.deepEqual(
        told.map(({ path, severity }) => `${path.at(-1)} ${severity}`),
        found,
      );
    });
  }

  it("says in words why KubeRay refuses it, or what comes of what it takes", () => {
    const problemOf = (deletionStrategy: PropertyMap) =>
      manifestFindings(aRayJob({ spec: { deletionStrategy, shutdownAfterJobFinishes: null } }), { fields })[0]?.problem;
    assert.equal(
      problemOf(pair),
      '"onSuccess" says nothing about a job that fails before Ray runs it: its cluster would run for ever',
    );
    assert.equal(
      problemOf({ onSuccess: pair.onSuccess }),
      'KubeRay takes "onSuccess" and "onFailure" only together, each with a "policy"',
    );
  });

  it("may have a generated name, if five more characters fit", () => {
    const named = (generateName: string) => findings(aRayJob({ metadata: { generateName } }));
    assert.deepEqual(named(`${"a".repeat(41)}-`), []);
    assert.deepEqual(named(`${"a".repeat(42)}-`), ["metadata.generateName RJ101"]);
    assert.deepEqual(named("Train-"), ["metadata.generateName RJ102"]);
    assert.deepEqual(named(`1${"a".repeat(42)}`), ["metadata.generateName RJ101", "metadata.generateName RJ102"]);
  });

  it("is judged by what Kubernetes calls it", () => {
    assert.deepEqual(findings(aRayJob({ metadata: { name: "A_b" } })), ["metadata.name RJ102"]);
    assert.deepEqual(findings(aRayJob({ metadata: { generateName: "a-" } })), []);
    assert.deepEqual(findings(aRayJob({ metadata: {} })), ["metadata.name RJ003"]);
    assert.deepEqual(findings(aRayJob({ metadata: { name: "" } })), ["metadata.name RJ003"]);
    assert.deepEqual(findings(aRayJob({ metadata: { name: "", generateName: "a-" } })), []);
    assert.deepEqual(findings(aRayJob({ metadata: { name: "a", labels: null } })), []);
    assert.deepEqual(findings(aRayJob({ metadata: { name: "a", labels: { b: 1 } } })), ["metadata.labels.b RJ002"]);
    assert.deepEqual(findings({ apiVersion: "ray.io/v1", kind: "RayJob" }), [
      "metadata.name RJ003",
      "metadata RJ003",
      "spec RJ003",
    ]);
  });

  it("may have the labels of this package, and the status of a cluster", () => {
    const made = manifestOf(aJob(), ownerOf("urn", "provider"));
    assert.deepEqual(findings({ ...(made as unknown as PropertyMap), status: { jobStatus: "FAILED" } }), []);
  });

  it("speaks of its own fields only", () => {
    const [finding] = manifestFindings(aRayJob({ spec: { rayClusterSpec: null } }), { fields });
    assert.equal(finding?.hint, 'Set "rayClusterSpec" to make one, or "clusterSelector" to use one');
  });
});

function findings(manifest: PropertyMap, version?: string): string[] {
  return manifestFindings(manifest, { fields, version }).map(({ path, code }) => `${formatPath(path)} ${code}`);
}

/** KubeRay hands metadata on where it knows Ray's version. */
function withVersion(): PropertyMap {
  return { rayClusterSpec: { ...mapOf(aJob().rayClusterSpec), rayVersion: "2.52.0" } };
}

function aRayJob({
  metadata = { name: "train" },
  spec = {},
}: {
  metadata?: PropertyMap;
  spec?: PropertyMap;
}): PropertyMap {
  const { entrypoint, rayClusterSpec } = aJob();
  return {
    apiVersion: "ray.io/v1",
    kind: "RayJob",
    metadata,
    spec: { entrypoint, rayClusterSpec, shutdownAfterJobFinishes: true, activeDeadlineSeconds: 3600, ...spec },
  };
}
