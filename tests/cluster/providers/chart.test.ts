import assert from "node:assert/strict";
import { errorOf, opsOf } from "../../support/run.ts";
import { assertSteps, StandIn } from "./standIn.ts";

describe("a Helm chart of the sandbox's kubernetes provider", () => {
  let standIn: StandIn;

  beforeEach(async () => {
    standIn = await StandIn.create();
  });

  afterEach(async () => {
    await standIn.dispose();
  });

  for (const version of ["1.5.1", "1.6.2"]) {
    it(`becomes KubeRay's operator ${version}, object by object, and has nothing more to do then`, async () => {
      await standIn.write({ operator: operator({ chart: chart(version) }) });
      const names = [
        "operator",
        ...["Deployment", "Service", "ServiceAccount", "Role", "RoleBinding"].map(() => child("kuberay-operator")),
        ...["Role", "RoleBinding"].map(() => child("kuberay-operator-leader-election")),
      ].sort();
      const preview = await standIn.rig.preview();
      assertSteps(preview, names, "create");
      assertSteps(await standIn.rig.up(), names, "create");
      const { spec } = (await standIn.find(standIn.pathOf("deployments", "kuberay-operator"))) ?? {};
      assert.match(JSON.stringify(spec), new RegExp(`quay.io/kuberay/operator:v${version}`));
      assertSteps(await standIn.rig.preview(), names, "same");
      assertSteps(await standIn.rig.refresh(), names, "same");
      assertSteps(await standIn.rig.destroy(), names, "delete");
    });
  }

  it("of which a preview does not know all inputs is left out of it, with a warning", async () => {
    const claim = {
      type: "kubernetes:core/v1:PersistentVolumeClaim",
      properties: {
        metadata: { namespace: standIn.namespace },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
      },
    };
    const values = { env: [{ name: "PHASE", value: "${claim.status.phase}" }] };
    await standIn.write({ claim, operator: operator({ chart: chart("1.6.2"), values }) });
    const run = await standIn.rig.preview();
    assert(run.succeeded, run.text);
    assert.deepEqual(opsOf(run), ["claim create", "operator create"]);
    const warnings = run.diagnostics.filter(({ severity }) => severity === "warning");
    assert.match(warnings.map(({ message }) => message).join(), /Preview is incomplete/);
  });

  it("collides with another that is installed for the whole cluster, and says with what", async () => {
    await standIn.write({ operator: operator({ chart: chart("1.6.2"), values: { singleNamespaceInstall: false } }) });
    const run = await standIn.rig.preview();
    assert(!run.succeeded);
    const errors = run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
    // Whichever of its objects comes first.
    assert.match(errors.join("\n"), /Cannot create ClusterRole(Binding)?\/[\w-]+: it exists already/);
  });

  const refusals = [
    {
      inputs: { chart: "./nowhere" },
      says: /Cannot render the chart \.\/nowhere: .*not found/,
      because: "nothing is there",
    },
    {
      inputs: { values: { replica: 2 } },
      says: /Cannot render the chart .*additional properties 'replica' not allowed/s,
      because: "the chart has no such value",
    },
    {
      inputs: { skipCrds: false },
      says: /Cannot create CustomResourceDefinition rayclusters.ray.io, .*: the sandbox's kubernetes provider has no such types/,
      because: "CRDs are not its business",
    },
    {
      inputs: { repositoryOpts: { username: "a" } },
      says: /repositoryOpts.username.*does not know it, only repo/s,
      because: "the official plug-in would log in",
    },
    { inputs: { namespace: "" }, says: /namespace.*needs it/s, because: "names of children hold the namespace" },
  ];
  for (const { inputs, says, because } of refusals) {
    it(`is refused with ${JSON.stringify(inputs)}: ${because}`, async () => {
      await standIn.write({ operator: operator({ chart: chart("1.6.2"), ...inputs }) });
      const run = await standIn.rig.preview();
      assert(!run.succeeded);
      assert.match(errorOf(run, "operator") || run.text, says);
    });
  }

  function child(name: string): string {
    return `operator:${standIn.namespace}/${name}`;
  }

  /** An installation for one namespace goes beside that of the sandbox. */
  function operator({
    values,
    ...inputs
  }: {
    readonly chart: string;
    readonly values?: object;
    [name: string]: unknown;
  }) {
    return {
      type: "kubernetes:helm.sh/v4:Chart",
      properties: {
        namespace: standIn.namespace,
        name: "kuberay-operator",
        skipCrds: true,
        values: { singleNamespaceInstall: true, resources: { limits: { cpu: 1, memory: "512Mi" } }, ...values },
        ...inputs,
      },
    };
  }
});

function chart(version: string): string {
  const { RAYJOB_CACHE } = process.env;
  if (!RAYJOB_CACHE) throw new Error("RAYJOB_CACHE is not set: `make test` builds the charts and sets it");
  return `${RAYJOB_CACHE}/charts/kuberay-operator-${version}.tgz`;
}
