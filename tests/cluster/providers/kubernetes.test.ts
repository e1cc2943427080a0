import assert from "node:assert/strict";
import { errorOf, opsOf, type Run, stepOf } from "../../support/run.ts";
import { assertSteps, StandIn, type StoredObject } from "./standIn.ts";

describe("the sandbox's kubernetes provider", () => {
  let standIn: StandIn;

  beforeEach(async () => {
    standIn = await StandIn.create();
  });

  afterEach(async () => {
    await standIn.dispose();
  });

  it("creates each kind, has nothing more to do, finds nothing changed, and deletes all of it", async () => {
    const program = eachKind(standIn.namespace);
    await standIn.write(program);
    const names = Object.keys(program).sort();
    assertSteps(await standIn.rig.preview(), names, "create");
    assertSteps(await standIn.rig.up(), names, "create");
    const text = await standIn.rig.stateText();
    for (const plain of ["hunter2", Buffer.from("hunter2").toString("base64")]) assert(!text.includes(plain));
    assertSteps(await standIn.rig.preview(), names, "same");
    assertSteps(await standIn.rig.refresh(), names, "same");
    assertSteps(await standIn.rig.preview(), names, "same");
    const namespace = (await standIn.rig.state()).get("namespace")?.id;
    assert.match(String(namespace), /^namespace-[0-9a-f]{8}$/);
    assertSteps(await standIn.rig.destroy(), names, "delete");
    assert.equal(await standIn.find(`/api/v1/namespaces/${namespace}`), undefined);
  });

  it("gives the object as it is on the cluster", async () => {
    await standIn.write({ claim: claim({}) });
    await up();
    const claims = await standIn.send<{ items: StoredObject[] }>("GET", standIn.pathOf("persistentvolumeclaims"));
    const { outputs, id } = (await standIn.rig.state()).get("claim") ?? {};
    assert.equal(id, `${standIn.namespace}/${claims.items[0]?.metadata.name}`);
    assert.partialDeepStrictEqual(outputs, {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: claims.items[0]?.metadata.name, uid: claims.items[0]?.metadata.uid },
      spec: { storageClassName: "standard", volumeMode: "Filesystem" },
      status: { phase: "Bound" },
    });
  });

  it("never adopts an object that exists, and says so in the preview", async () => {
    await standIn.send("POST", standIn.pathOf("configmaps"), { metadata: { name: "taken" } });
    await standIn.write({ map: configMap({ name: "taken" }) });
    for (const run of [await standIn.rig.preview(), await standIn.rig.up()]) {
      assert(!run.succeeded);
      assert.match(errorOf(run, "map"), /Cannot create ConfigMap\/standin-\w+\/taken: it exists already/);
    }
    assert.equal((await standIn.find(standIn.pathOf("configmaps", "taken")))?.data, undefined);
  });

  it("refuses a misspelled property in the preview, however deep it is", async () => {
    const container = { name: "pause", image: "sandbox.local/pause:1", comand: ["/pause"] };
    await standIn.write({ deployment: deployment({ container }) });
    const run = await standIn.rig.preview();
    assert(!run.succeeded);
    assert.match(errorOf(run, "deployment"), /unknown field "spec.template.spec.containers\[0\].comand"/);
  });

  it("refuses an annotation of Pulumi's that it does not know", async () => {
    await standIn.write({ map: configMap({ annotations: { "pulumi.com/waitFor": "condition=Ready" } }) });
    assert.match(errorOf(await standIn.rig.preview(), "map"), /does not know it, only pulumi.com\/autonamed/);
  });

  describe("when an object has changed", () => {
    it("updates it in place, and removes what is no longer wanted", async () => {
      await standIn.write({ map: configMap({ labels: { kept: "a", dropped: "b" } }) });
      await up();
      await standIn.write({ map: configMap({ labels: { kept: "c" } }) });
      const diff = { "metadata.labels.dropped": "delete", "metadata.labels.kept": "update" };
      assert.deepEqual(stepOf(await standIn.rig.preview(), "map").detailedDiff, diff);
      assert.deepEqual(opsOf(await up()), ["map update"]);
      const [stored] = (await standIn.send<{ items: StoredObject[] }>("GET", maps())).items.slice(-1);
      assert.deepEqual(stored?.metadata.labels, { kept: "c" });
      assert.deepEqual(opsOf(await standIn.rig.preview()), ["map same"]);
    });

    it("replaces one of its own name before it deletes the old one", async () => {
      await standIn.write({ map: configMap({ data: { a: "1" } }) });
      await up();
      await standIn.write({ map: configMap({ data: { a: "2" } }) });
      assert.deepEqual(opsOf(await standIn.rig.preview()), createFirst("map"));
      assert.deepEqual(opsOf(await up()), createFirst("map"));
      assert.deepEqual(opsOf(await standIn.rig.preview()), ["map same"]);
    });

    it("replaces one of a given name after it has deleted the old one", async () => {
      await standIn.write({ map: configMap({ name: "given", data: { a: "1" } }) });
      await up();
      await standIn.write({ map: configMap({ name: "given", data: { a: "2" } }) });
      assert.deepEqual(opsOf(await standIn.rig.preview()), deleteFirst("map"));
      assert.deepEqual(opsOf(await up()), deleteFirst("map"));
      assert.deepEqual((await standIn.find(standIn.pathOf("configmaps", "given")))?.data, { a: "2" });
    });

    it("replaces what cannot be changed: a claim's class, a Deployment's selector, a binding's role", async () => {
      const before = { claim: claim({}), deployment: deployment({ app: "a" }), binding: binding("view") };
      await standIn.write(before);
      await up();
      await storageClass("slow", "WaitForFirstConsumer");
      const after = { claim: claim({ class: "slow" }), deployment: deployment({ app: "b" }), binding: binding("edit") };
      await standIn.write(after);
      const run = await up();
      await standIn.send("DELETE", "/apis/storage.k8s.io/v1/storageclasses/slow");
      for (const name of Object.keys(after)) assert(opsOf(run).includes(`${name} replace`), run.text);
    });

    it("does not take a field from somebody else, unless told", async () => {
      await standIn.write({ map: configMap({ name: "shared", labels: { team: "a" } }) });
      await up();
      const theirs = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "shared", labels: { team: "b" } } };
      const path = `${standIn.pathOf("configmaps", "shared")}?fieldManager=somebody&force=true`;
      await standIn.send("PATCH", path, theirs, "application/apply-patch+yaml");
      await standIn.write({ map: configMap({ name: "shared", labels: { team: "c" } }) });
      assert.match(errorOf(await standIn.rig.up(), "map"), /conflict with "somebody".*\.metadata\.labels\.team/s);
      const annotations = { "pulumi.com/patchForce": "true" };
      await standIn.write({ map: configMap({ name: "shared", labels: { team: "c" }, annotations }) });
      await up();
      assert.equal((await standIn.find(standIn.pathOf("configmaps", "shared")))?.metadata.labels?.team, "c");
    });

    it("sees by a refresh what somebody else has done, and puts it right", async () => {
      await standIn.write({ map: configMap({ name: "edited", data: { a: "1" } }), gone: configMap({ name: "gone" }) });
      await up();
      await standIn.send("PATCH", standIn.pathOf("configmaps", "edited"), { data: { a: "2", other: "3" } });
      await standIn.send("DELETE", standIn.pathOf("configmaps", "gone"));
      assert.deepEqual(opsOf(await standIn.rig.refresh()).sort(), ["gone delete", "map update"]);
      const run = await standIn.rig.preview();
      assert.deepEqual(stepOf(run, "map").detailedDiff, { "data.a": "update-replace" });
      assert(opsOf(run).includes("gone create"));
    });
  });

  describe("waits", () => {
    it("for no claim of a class that binds when a pod comes", async () => {
      await storageClass("when-used", "WaitForFirstConsumer");
      await standIn.write({ claim: claim({ class: "when-used" }) });
      await up();
      assert.partialDeepStrictEqual((await standIn.rig.state()).get("claim")?.outputs, {
        status: { phase: "Pending" },
      });
      assert.deepEqual(opsOf(await standIn.rig.refresh()), ["claim same"]);
      await standIn.send("DELETE", "/apis/storage.k8s.io/v1/storageclasses/when-used");
    });

    it("for any other claim, and says what the cluster says when it does not bind in time", async () => {
      await standIn.write({ claim: claim({ class: "no-such-class" }, { create: "3s" }) });
      const run = await standIn.rig.up();
      assert.match(
        errorOf(run, "claim"),
        /PersistentVolumeClaim\/\S+ is not bound: ProvisioningFailed: .*"no-such-class" not found\. Not done within 3 s/,
      );
      assert.equal((await standIn.rig.state()).get("claim")?.initErrors?.length, 1);
    });

    it("for a Deployment's pods, and says why there are none", async () => {
      const container = { name: "lost", image: "sandbox.local/nowhere:1" };
      await standIn.write({ deployment: deployment({ container }, { create: "8s" }) });
      const failure = errorOf(await standIn.rig.up(), "deployment");
      assert.match(failure, /has 0 of 1 pods available: pod \S+: cannot pull image "sandbox.local\/nowhere:1"/);
      await standIn.write({ deployment: deployment({}, { update: "60s" }) });
      assert.deepEqual(opsOf(await up()), ["deployment update"]);
      assert.equal((await standIn.rig.state()).get("deployment")?.initErrors, undefined);
    });

    it("no longer than the Deployment's own deadline", async () => {
      const container = { name: "lost", image: "sandbox.local/nowhere:1" };
      await standIn.write({ deployment: deployment({ container, progressDeadlineSeconds: 2 }) });
      assert.match(errorOf(await standIn.rig.up(), "deployment"), /It will not become ready by itself/);
    });

    it("not at all when told", async () => {
      const container = { name: "lost", image: "sandbox.local/nowhere:1" };
      const annotations = { "pulumi.com/skipAwait": "true" };
      await standIn.write({ deployment: deployment({ container, annotations }) });
      await up();
    });

    it("for the end of what it deletes, and says which finalizer holds it", async () => {
      const held = { name: "held", finalizers: ["example.com/never"] };
      await standIn.write({ map: configMap(held, { delete: "2s" }) });
      await up();
      const run = await standIn.rig.destroy();
      await standIn.send("PATCH", standIn.pathOf("configmaps", "held"), { metadata: { finalizers: null } });
      assert.match(
        errorOf(run, "map"),
        /is being deleted: it has the finalizers example.com\/never\. Not done within 2 s/,
      );
    });
  });

  it("takes a kubeconfig and a default namespace from its configuration, and refuses a setting it does not know", async () => {
    const map = { type: "kubernetes:core/v1:ConfigMap", options: { provider: "${provider}" } };
    const provider = (properties: object) => ({ type: "pulumi:providers:kubernetes", properties });
    const kubeconfig = process.env.KUBECONFIG;
    await standIn.write({
      provider: provider({ kubeconfig, namespace: standIn.namespace, enableServerSideApply: true }),
      map,
    });
    await up();
    assert.match(String((await standIn.rig.state()).get("map")?.id), new RegExp(`^${standIn.namespace}/map-`));
    await standIn.write({
      provider: provider({ kubeconfig, namespace: standIn.namespace, renderYamlToDirectory: "a" }),
      map,
    });
    assert.match(
      (await standIn.rig.up()).text,
      /does not know the setting renderYamlToDirectory|renderYamlToDirectory does not exist/,
    );
  });

  it("imports an object that somebody else has made", async () => {
    const [name, data] = ["theirs", { a: "1" }];
    await standIn.send("POST", standIn.pathOf("configmaps"), { metadata: { name }, data });
    const id = `${standIn.namespace}/${name}`;
    const run = await standIn.rig.import([{ type: "kubernetes:core/v1:ConfigMap", name: "map", id }]);
    assert(run.succeeded, run.text);
    await standIn.write({ map: configMap({ name, data }) });
    assert.deepEqual(opsOf(await standIn.rig.preview()), ["map same"]);
  });

  async function up(): Promise<Run> {
    const run = await standIn.rig.up();
    assert(run.succeeded, run.text);
    return run;
  }

  function maps(): string {
    return standIn.pathOf("configmaps");
  }

  async function storageClass(name: string, volumeBindingMode: string): Promise<void> {
    const body = { metadata: { name }, provisioner: "example.com/none", volumeBindingMode };
    await standIn.send("POST", "/apis/storage.k8s.io/v1/storageclasses", body);
  }

  function configMap({ data = {}, ...metadata }: { data?: object; [name: string]: unknown }, customTimeouts?: object) {
    return {
      type: "kubernetes:core/v1:ConfigMap",
      properties: { metadata: { namespace: standIn.namespace, ...metadata }, data },
      ...(customTimeouts && { options: { customTimeouts } }),
    };
  }

  function claim({ class: storageClassName }: { class?: string }, customTimeouts?: object) {
    const resources = { requests: { storage: "1Gi" } };
    return {
      type: "kubernetes:core/v1:PersistentVolumeClaim",
      properties: {
        metadata: { namespace: standIn.namespace },
        spec: { accessModes: ["ReadWriteOnce"], resources, ...(storageClassName && { storageClassName }) },
      },
      ...(customTimeouts && { options: { customTimeouts } }),
    };
  }

  interface DeploymentDetails {
    readonly app?: string;
    readonly container?: object;
    readonly annotations?: object;
    readonly progressDeadlineSeconds?: number;
  }

  function deployment(
    { app = "pause", container, annotations = {}, ...spec }: DeploymentDetails,
    customTimeouts?: object,
  ) {
    const containers = [container ?? { name: "lost", image: "sandbox.local/pause:1" }];
    const template = { metadata: { labels: { app } }, spec: { terminationGracePeriodSeconds: 0, containers } };
    return {
      type: "kubernetes:apps/v1:Deployment",
      properties: {
        metadata: { namespace: standIn.namespace, annotations },
        spec: { selector: { matchLabels: { app } }, template, ...spec },
      },
      ...(customTimeouts && { options: { customTimeouts } }),
    };
  }

  function binding(role: string) {
    return {
      type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
      properties: {
        metadata: { namespace: standIn.namespace },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
        subjects: [{ kind: "ServiceAccount", name: "default", namespace: standIn.namespace }],
      },
    };
  }
});

const createFirst = (name: string) => [`${name} create-replacement`, `${name} replace`, `${name} delete-replaced`];
const deleteFirst = (name: string) => [`${name} delete-replaced`, `${name} replace`, `${name} create-replacement`];

/** One of each kind that the provider knows, depending on each other as they do in a component. */
function eachKind(clusterWide: string) {
  const metadata = { namespace: "${namespace.metadata.name}" };
  const rbac = "rbac.authorization.k8s.io";
  const rules = [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }];
  const subjects = [{ kind: "ServiceAccount", name: "${account.metadata.name}", ...metadata }];
  const roleRef = (kind: string, role: string) => ({ apiGroup: rbac, kind, name: `\${${role}.metadata.name}` });
  // Kubernetes writes 1000m as 1.
  const resources = { limits: { cpu: "1000m", memory: "32Mi" } };
  const containers = [{ name: "pause", image: "sandbox.local/pause:1", resources }];
  return {
    namespace: { type: "kubernetes:core/v1:Namespace" },
    account: { type: "kubernetes:core/v1:ServiceAccount", properties: { metadata } },
    secret: {
      type: "kubernetes:core/v1:Secret",
      properties: { metadata, stringData: { "fn::secret": { password: "hunter2" } } },
    },
    map: { type: "kubernetes:core/v1:ConfigMap", properties: { metadata, data: { a: "b" } } },
    claim: {
      type: "kubernetes:core/v1:PersistentVolumeClaim",
      properties: {
        metadata,
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1024Mi" } } },
      },
    },
    role: { type: `kubernetes:${rbac}/v1:Role`, properties: { metadata, rules } },
    binding: {
      type: `kubernetes:${rbac}/v1:RoleBinding`,
      properties: { metadata, roleRef: roleRef("Role", "role"), subjects },
    },
    clusterRole: { type: `kubernetes:${rbac}/v1:ClusterRole`, properties: { metadata: { name: clusterWide }, rules } },
    clusterBinding: {
      type: `kubernetes:${rbac}/v1:ClusterRoleBinding`,
      properties: { metadata: { name: clusterWide }, roleRef: roleRef("ClusterRole", "clusterRole"), subjects },
    },
    deployment: {
      type: "kubernetes:apps/v1:Deployment",
      properties: {
        metadata,
        spec: {
          selector: { matchLabels: { app: "pause" } },
          template: {
            metadata: { labels: { app: "pause" } },
            spec: { terminationGracePeriodSeconds: 0, containers },
          },
        },
      },
    },
    service: {
      type: "kubernetes:core/v1:Service",
      properties: { metadata, spec: { selector: { app: "pause" }, ports: [{ port: 80 }] } },
    },
  };
}
