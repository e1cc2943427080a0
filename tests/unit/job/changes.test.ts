import assert from "node:assert/strict";
import fc from "fast-check";
import type { RayJobArgs } from "../../../provider/job/args.ts";
import { type Change, changeOf, changesBetween } from "../../../provider/job/changes.ts";
import { formatPath } from "../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN, type Value } from "../../../provider/values/value.ts";
import { aJob, argumentNames, oneFlip, someInputs } from "./aJob.ts";

const attached = { rayClusterSpec: null, existingCluster: "shared" };
const interactive = { submissionMode: "InteractiveMode" };
const deletionStrategy = { deletionRules: [{ policy: "DeleteCluster" }] };

// Whether these say anything depends on the others: without a shutdown a TTL of 0 is no TTL.
const sometimesMoot: (keyof RayJobArgs)[] = ["shutdownAfterJobFinishes", "ttlSecondsAfterFinished"];

const silent: { before: PropertyMap; after: PropertyMap; because: string }[] = [
  { before: {}, after: { submissionMode: "K8sJobMode" }, because: "KubeRay's default mode is written out" },
  { before: {}, after: { managedBy: "ray.io/kuberay-operator" }, because: "KubeRay's own controller is written out" },
  { before: {}, after: { backoffLimit: 0, suspend: false }, because: "no retry and no suspension are written out" },
  { before: {}, after: { entrypointNumCpus: 0, entrypointNumGpus: 0 }, because: "no reservation is written out" },
  { before: {}, after: { shutdownAfterJobFinishes: true }, because: "our shutdown is written out" },
  { before: {}, after: { ttlSecondsAfterFinished: 60 }, because: "our TTL is written out" },
  { before: {}, after: { preRunningDeadlineSeconds: 1800 }, because: "our deadline is written out" },
  {
    before: {},
    after: { waitFor: "complete", rerunFailed: true, stopOnCancel: false, logs: "none", logTailLines: 50 },
    because: "our waiting is written out",
  },
  { before: attached, after: { ...attached, shutdownAfterJobFinishes: false }, because: "nothing is to be shut down" },
  {
    before: { deletionStrategy },
    after: { deletionStrategy, shutdownAfterJobFinishes: false, ttlSecondsAfterFinished: 0 },
    because: "deletion rules have taken the shutdown's place",
  },
  {
    before: { shutdownAfterJobFinishes: false },
    after: { shutdownAfterJobFinishes: false, ttlSecondsAfterFinished: 0 },
    because: "there is no shutdown to wait for",
  },
  {
    before: attached,
    after: { rayClusterSpec: null, clusterSelector: { "ray.io/cluster": "shared" } },
    because: "one cluster is named in two ways",
  },
  {
    before: { runtimeEnv: { workingDir: "s3://b/c.zip", envVars: { A: "1" }, config: { eagerInstall: false } } },
    after: { runtimeEnvYAML: "config: {eager_install: false}\nworking_dir: s3://b/c.zip\nenv_vars:\n  A: '1'\n" },
    because: "one runtime environment is written in two ways",
  },
  {
    before: { runtimeEnvYAML: "pip: [numpy]  # for arrays" },
    after: { runtimeEnvYAML: "pip:\n- numpy" },
    because: "only the spelling of the YAML differs",
  },
  {
    before: { entrypoint: "python train.py" },
    after: { entrypoint: "python train.py\n" },
    because: "KubeRay trims it",
  },
  nested({ submitterConfig: {} }, { submitterConfig: { backoffLimit: 2 } }, "KubeRay submits three times"),
  nested(withWorkers({}), withWorkers({ replicas: 0, minReplicas: 0 }), "the CRD counts workers from 0"),
  nested(withWorkers({}), withWorkers({ maxReplicas: 2147483647, numOfHosts: 1 }), "the CRD sets no ceiling"),
  nested(withCluster({}), withCluster({ workerGroupSpecs: [] }), "no group is no group"),
  nested(withCluster({}), withCluster({ enableInTreeAutoscaling: false }), "KubeRay scales only when told"),
  nested(withHead({}), withHead({ enableIngress: false }), "KubeRay makes an Ingress only when told"),
  nested(withPort({}), withPort({ protocol: "TCP" }), "the CRD takes a port for one of TCP"),
  nested(withRule({}), withRule({ ttlSeconds: 0 }), "the CRD deletes at once"),
  nested(withPip(["numpy"]), withPip({ packages: ["numpy"] }), "pip's list has two spellings"),
  nested(withPip(["numpy"]), withPip({ packages: ["numpy"], pipCheck: false }), "Ray checks no packages"),
  nested(
    withPip({ packages: ["a"], pipVersion: "==24.0" }),
    withPip({ packages: ["a"], pipVersion: "==24.0", pipCheck: false }),
    "nor with other settings",
  ),
  nested(
    { runtimeEnv: { uv: ["numpy"] } },
    { runtimeEnv: { uv: { packages: ["numpy"], uvCheck: false, uvPipInstallOptions: ["--no-cache"] } } },
    "uv's list has two spellings, too",
  ),
  nested(
    { runtimeEnv: { pip: ["a"] } },
    { runtimeEnvYAML: "pip: {packages: [a], pip_check: false}" },
    "YAML is read, too",
  ),
  nested(withPip(["a"]), { runtimeEnv: { pip: ["a"], config: { eagerInstall: true } } }, "Ray installs at once"),
  { before: {}, after: { labels: {}, metadata: {}, runtimeEnv: {} }, because: "an empty object says nothing" },
  {
    before: { rayClusterSpec: { headGroupSpec: { serviceType: null } } },
    after: { rayClusterSpec: { headGroupSpec: {} } },
    because: "null is the same as nothing, at any depth",
  },
];

const tellingInside: [before: PropertyMap, after: PropertyMap, path: string][] = [
  [{}, { submitterConfig: { backoffLimit: 3 } }, "submitterConfig"],
  [withWorkers({}), withWorkers({ minReplicas: 1 }), "rayClusterSpec.workerGroupSpecs[0].minReplicas"],
  [withWorkers({ replicas: 1 }), withWorkers({ replicas: 0 }), "rayClusterSpec.workerGroupSpecs[0].replicas"],
  [withPip(["numpy"]), withPip({ packages: ["numpy"], pipCheck: true }), "runtimeEnv.pip"],
  [withPip(["numpy"]), withPip({ packages: ["torch"] }), "runtimeEnv.pip"],
  [withPip({ packages: ["a"] }), withPip({ packages: ["a"], pipVersion: "==24.0" }), "runtimeEnv.pip.pipVersion"],
  [{}, { runtimeEnv: { config: { eagerInstall: false } } }, "runtimeEnv"],
  [
    withPort({}),
    withPort({ protocol: "UDP" }),
    "rayClusterSpec.headGroupSpec.template.spec.containers[0].ports[0].protocol",
  ],
];

const telling: { before: PropertyMap; after: PropertyMap; changes: string[]; because: string }[] = [
  {
    before: { runtimeEnv: { pip: ["numpy"] } },
    after: { runtimeEnv: { pip: ["numpy", "torch"] } },
    changes: ["add runtimeEnv.pip[1] (rerun)"],
    because: "a package more is another environment",
  },
  {
    before: { runtimeEnv: { pip: ["numpy"] } },
    after: { runtimeEnvYAML: "pip: [torch]" },
    changes: ["delete runtimeEnv (rerun)", "add runtimeEnvYAML (rerun)"],
    because: "the other spelling means something else",
  },
  {
    before: { ...interactive, jobId: "a" },
    after: { ...interactive, jobId: "b" },
    changes: ["update jobId (inPlace)"],
    because: "KubeRay waits for it in InteractiveMode",
  },
  {
    before: interactive,
    after: { submissionMode: "HTTPMode", jobId: "b" },
    changes: ["add jobId (rerun)", "update submissionMode (rerun)"],
    because: "another mode takes the job's ID at its start only",
  },
  {
    before: {},
    after: { deletionStrategy },
    changes: ["add deletionStrategy (inPlace)"],
    because: "the defaults that this takes away were never said",
  },
  {
    before: { entrypoint: "python a.py" },
    after: { entrypoint: UNKNOWN },
    changes: ["update entrypoint (rerun)"],
    because: "what is not known yet may be anything",
  },
  {
    before: {},
    after: { runtimeEnv: { workingDir: UNKNOWN }, backoffLimit: UNKNOWN },
    changes: ["add backoffLimit (inPlace)", "add runtimeEnv (rerun)"],
    because: "what is not known yet counts as a change of its own class",
  },
  { before: { unheardOf: 1 }, after: {}, changes: [], because: "what an older version of this package knew is gone" },
];

describe("changesBetween", () => {
  it("finds nothing between equal arguments, whatever they are", () => {
    fc.assert(fc.property(someInputs, (inputs) => assert.deepEqual(changesBetween(inputs, { ...inputs }), [])));
  });

  it("gives a flip of one argument exactly the class of that argument, whatever the others are", () => {
    fc.assert(
      fc.property(oneFlip, ({ before, after, flipped }) => {
        const isInteractive = before.submissionMode === "InteractiveMode" && flipped === "jobId";
        const changes = changesBetween(before, after);
        const classes = [...new Set(changes.map((change) => change.class))];
        if (classes.length === 0 && sometimesMoot.includes(flipped)) return;
        assert.deepEqual(classes, [isInteractive ? "inPlace" : changeOf[flipped]]);
        assert.ok(changes.every((change) => change.path[0] === flipped));
      }),
      { numRuns: 2000 },
    );
  });

  it("finds the same backwards, additions for deletions", () => {
    const turned = { add: "delete", delete: "add", update: "update" } as const;
    fc.assert(
      fc.property(someInputs, someInputs, (before, after) => {
        const backwards = changesBetween(after, before).map((change) => ({ ...change, kind: turned[change.kind] }));
        assert.deepEqual(backwards, changesBetween(before, after));
      }),
    );
  });

  for (const { before, after, because } of silent) {
    it(`finds nothing where ${because}: ${JSON.stringify(before)} and ${JSON.stringify(after)}`, () => {
      assert.deepEqual(changesBetween(aJob(before), aJob(after)), []);
      assert.deepEqual(changesBetween(aJob(after), aJob(before)), []);
    });
  }

  for (const [before, after, path] of tellingInside) {
    it(`finds a re-run at ${path} between ${JSON.stringify(before)} and ${JSON.stringify(after)}`, () => {
      const changes = changesBetween(aJob(before), aJob(after));
      assert.deepEqual(
        changes.map((change) => [formatPath(change.path), change.class]),
        [[path, "rerun"]],
      );
    });
  }

  for (const { before, after, changes, because } of telling) {
    it(`finds ${changes.join(", ") || "nothing"}: ${because}`, () => {
      assert.deepEqual(changesBetween(aJob(before), aJob(after)).map(told), changes);
    });
  }
});

describe("changeOf", () => {
  it("lets nothing but KubeRay's live fields and the metadata be updated in place", () => {
    const inPlace = argumentNames.filter((name) => changeOf[name] === "inPlace").sort();
    const live = [
      "activeDeadlineSeconds",
      "annotations",
      "backoffLimit",
      "deletionStrategy",
      "labels",
      "preRunningDeadlineSeconds",
      "shutdownAfterJobFinishes",
      "suspend",
      "ttlSecondsAfterFinished",
    ];
    assert.deepEqual(inPlace, live);
  });
});

function told(change: Change): string {
  return `${change.kind} ${formatPath(change.path)} (${change.class})`;
}

function nested(before: PropertyMap, after: PropertyMap, because: string) {
  return { before, after, because };
}

function withCluster(fields: PropertyMap): PropertyMap {
  return { rayClusterSpec: { headGroupSpec: { rayStartParams: {} }, ...fields } };
}

function withHead(fields: PropertyMap): PropertyMap {
  return withCluster({ headGroupSpec: { rayStartParams: {}, ...fields } });
}

function withPort(fields: PropertyMap): PropertyMap {
  const ports = [{ containerPort: 8265, name: "dashboard", ...fields }];
  return withHead({ template: { spec: { containers: [{ name: "ray-head", ports }] } } });
}

function withWorkers(fields: PropertyMap): PropertyMap {
  return withCluster({ workerGroupSpecs: [{ groupName: "gpu", ...fields }] });
}

function withRule(fields: PropertyMap): PropertyMap {
  const condition = { jobStatus: "FAILED", ...fields };
  return { deletionStrategy: { deletionRules: [{ policy: "DeleteCluster", condition }] } };
}

function withPip(pip: Value): PropertyMap {
  return { runtimeEnv: { pip } };
}
