import assert from "node:assert/strict";
import { meaningOf } from "../../../provider/job/meaning.ts";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { connect } from "../../../provider/kube/connection/connect.ts";
import type { ClusterError, ClusterErrorKind } from "../../../provider/kube/connection/errors.ts";
import { clusterUid } from "../../../provider/kube/connection/identity.ts";
import { createRayJob } from "../../../provider/kube/rayJobs/createRayJob.ts";
import { deleteRayJob } from "../../../provider/kube/rayJobs/deleteRayJob.ts";
import { listRayJobs } from "../../../provider/kube/rayJobs/listRayJobs.ts";
import { patchRayJob } from "../../../provider/kube/rayJobs/patchRayJob.ts";
import { readRayJob } from "../../../provider/kube/rayJobs/readRayJob.ts";
import { aManifest, aRayJob, removeRayJob, setFinalizers, until, type World, world } from "./world.ts";

const BUSY = { kind: "answer", status: 503, body: "overloaded" } as const;

describe("the verbs on a RayJob", () => {
  let at: World;
  const signal = new AbortController().signal;

  before(async () => {
    at = await world();
  });

  after(async () => {
    await at.end();
  });

  describe("createRayJob", () => {
    it("gives the RayJob as the API server stores it, defaults filled in", async () => {
      const created = await createRayJob(at.connection, aManifest(at.namespace, "created"));
      assert.equal(created.spec.submissionMode, "K8sJobMode");
      assert.deepEqual(await readRayJob(at.connection, at.namespace, "created"), created);
    });

    it("means the same when the API server has filled its defaults in", async () => {
      const containers = [{ name: "ray", image: "ray", ports: [{ containerPort: 8265, name: "dashboard" }] }];
      const template = { spec: { containers } };
      const spec = {
        deletionStrategy: { deletionRules: [{ policy: "DeleteCluster", condition: { jobStatus: "FAILED" } }] },
        rayClusterSpec: { headGroupSpec: { template }, workerGroupSpecs: [{ groupName: "workers", template }] },
        submitterPodTemplate: template,
        submitterConfig: {},
      };
      const created = await createRayJob(at.connection, aManifest(at.namespace, "meant", spec));
      assert.notDeepEqual(created.spec.rayClusterSpec, spec.rayClusterSpec);
      assert.deepEqual(meaningOf(created.spec), meaningOf({ ...aManifest("", "").spec, ...spec }));
    });

    it("names the field that the CRD does not know", async () => {
      await fails(createRayJob(at.connection, aManifest(at.namespace, "typo", { entrypiont: "true" })), {
        kind: "invalid",
        message: `Cannot create RayJob/${at.namespace}/typo: unknown field "spec.entrypiont"`,
      });
    });

    it("says that the namespace is not there", async () => {
      const error = await fails(createRayJob(at.connection, aManifest("rayjob-kube-absent", "x")), {
        kind: "notFound",
        message:
          'Cannot create RayJob/rayjob-kube-absent/x: there is no namespace "rayjob-kube-absent". Create it, or choose another `namespace`',
      });
      assert.equal(error.missing, "namespace");
    });

    it("says that the name is taken", async () => {
      await aRayJob(at, "taken");
      await fails(createRayJob(at.connection, aManifest(at.namespace, "taken"), { isOurs: () => true }), {
        kind: "alreadyExists",
        message: `Cannot create RayJob/${at.namespace}/taken: it exists already. Choose another name, or import it`,
      });
    });

    it("knows its own RayJob again when the answer got lost", async () => {
      at.proxy.next(/^POST .*rayjobs/, { kind: "loseAnswer" });
      const seen: RayJob[] = [];
      const isOurs = (found: RayJob) => seen.push(found) > 0;
      const created = await createRayJob(at.connection, aManifest(at.namespace, "lost-answer"), { isOurs });
      assert.deepEqual(seen, [created]);
      assert.deepEqual(await readRayJob(at.direct, at.namespace, "lost-answer"), created);
    });

    it("does not take another's RayJob for its own after a lost connection", async () => {
      await aRayJob(at, "anothers");
      at.proxy.next(/^POST .*rayjobs/, { kind: "drop" });
      await fails(createRayJob(at.connection, aManifest(at.namespace, "anothers"), { isOurs: () => false }), {
        kind: "alreadyExists",
        message: `Cannot create RayJob/${at.namespace}/anothers: it exists already. Choose another name, or import it`,
      });
    });

    it("tries again while the server is overloaded", async () => {
      at.proxy.next(/^POST .*rayjobs/, BUSY, { ...BUSY, status: 429, headers: { "retry-after": "1" } }, BUSY);
      const created = await createRayJob(at.connection, aManifest(at.namespace, "overloaded"));
      assert.equal(created.metadata.name, "overloaded");
    });

    it("does not wait longer for the server than it has patience for", async () => {
      at.proxy.next(/^POST .*rayjobs/, { ...BUSY, headers: { "retry-after": "3600" } });
      await fails(createRayJob(at.connection, aManifest(at.namespace, "hour")), {
        kind: "unavailable",
        message: `Cannot create RayJob/${at.namespace}/hour: ${at.connection.server} answered 503. Try again a little later`,
      });
    });
  });

  describe("readRayJob", () => {
    it("gives undefined only when the API server says so", async () => {
      assert.equal(await readRayJob(at.connection, at.namespace, "nobody"), undefined);
      at.proxy.next(/^GET .*rayjobs/, { kind: "answer", status: 404, body: "default backend - 404" });
      const { missing } = await fails(readRayJob(at.connection, at.namespace, "nobody"), {
        kind: "notFound",
        message: `Cannot read RayJob/${at.namespace}/nobody: KubeRay's CRDs are not installed on the cluster ${at.connection.server}. Install KubeRay, or choose another kubeconfig or context`,
      });
      assert.equal(missing, "resourceType");
    });

    it("names the permission that is missing", async () => {
      const nobody = await impersonate("rayjob-nobody");
      const what = `User "rayjob-nobody" cannot get resource "rayjobs" in API group "ray.io" in the namespace "${at.namespace}"`;
      await fails(readRayJob(nobody, at.namespace, "train"), {
        kind: "forbidden",
        message: `Cannot read RayJob/${at.namespace}/train: forbidden (${what}). Let that user do it by a Role or ClusterRole, or choose another kubeconfig or context`,
      });
    });

    it("makes the credentials anew when the server refuses them", async () => {
      at.proxy.next(/^GET .*rayjobs/, { kind: "answer", status: 401 });
      assert.equal(await readRayJob(at.connection, at.namespace, "nobody"), undefined);
    });

    it("stops trying when the caller gives up", async () => {
      at.proxy.next(/^GET .*rayjobs/, { ...BUSY, headers: { "retry-after": "20" } });
      const giveUp = new AbortController();
      const before = at.proxy.requests.length;
      const reading = readRayJob(at.connection, at.namespace, "given-up", giveUp.signal);
      await Promise.all([
        assert.rejects(reading, /enough/),
        until("it was asked", () => at.proxy.requests.length > before).then(() => giveUp.abort(new Error("enough"))),
      ]);
    });

    it("bears broken connections", async () => {
      at.proxy.next(/^GET .*rayjobs/, { kind: "drop" }, { kind: "loseAnswer" });
      assert.equal(await readRayJob(at.connection, at.namespace, "nobody"), undefined);
    });
  });

  describe("patchRayJob", () => {
    it("merges the patch into the RayJob", async () => {
      const rayJob = await aRayJob(at, "patched", { backoffLimit: 1 });
      const patched = await patchRayJob(at.connection, rayJob.metadata, {
        metadata: { labels: { team: "ml" } },
        spec: { activeDeadlineSeconds: 60, backoffLimit: null },
      });
      assert.deepEqual(patched.metadata.labels, { test: "kube", team: "ml" });
      assert.deepEqual([patched.spec.activeDeadlineSeconds, patched.spec.backoffLimit], [60, 0]);
      assert.equal(patched.spec.entrypoint, "true");
    });

    it("does not touch another RayJob of the same name", async () => {
      const rayJob = await aRayJob(at, "other-uid");
      const old = { ...rayJob.metadata, uid: "11111111-2222-3333-4444-555555555555" };
      await fails(patchRayJob(at.connection, old, { spec: { suspend: true } }), {
        kind: "conflict",
        message: `Cannot update RayJob/${at.namespace}/other-uid: it was deleted meanwhile, and another of the same name was created`,
      });
      assert.deepEqual(await readRayJob(at.direct, at.namespace, "other-uid"), rayJob);
    });

    it("does not touch a RayJob that has changed since it was seen", async () => {
      const seen = await aRayJob(at, "changed");
      const now = await patchRayJob(at.connection, seen.metadata, { spec: { backoffLimit: 3 } });
      await fails(patchRayJob(at.connection, seen.metadata, { spec: { suspend: true } }), {
        kind: "conflict",
        message: `Cannot update RayJob/${at.namespace}/changed: the object has been modified; please apply your changes to the latest version and try again (409)`,
      });
      assert.deepEqual(await readRayJob(at.direct, at.namespace, "changed"), now);
    });

    it("names the field that the CRD does not know", async () => {
      const rayJob = await aRayJob(at, "patch-typo");
      await fails(patchRayJob(at.connection, rayJob.metadata, { spec: { suspended: true } }), {
        kind: "invalid",
        message: `Cannot update RayJob/${at.namespace}/patch-typo: unknown field "spec.suspended"`,
      });
    });
  });

  describe("listRayJobs", () => {
    it("gives those with the labels, page by page", async () => {
      const labelled = (name: string, set: string) => {
        const manifest = aManifest(at.namespace, name);
        return createRayJob(at.direct, { ...manifest, metadata: { ...manifest.metadata, labels: { set } } });
      };
      const wanted = [await labelled("list-a", "one"), await labelled("list-b", "one")];
      await labelled("list-c", "two");
      assert.deepEqual(await listRayJobs(at.connection, at.namespace, "set=one"), wanted);
    });
  });

  describe("deleteRayJob", () => {
    it("waits until the finalizers are off, and says whom it waits for", async () => {
      const rayJob = await aRayJob(at, "held");
      await setFinalizers(at, rayJob, ["ray.io/rayjob-finalizer", "tests.rayjob/hold"]);
      const lines: string[] = [];
      const deleting = deleteRayJob(at.connection, rayJob.metadata, { signal, onWaiting: (line) => lines.push(line) });
      await until("it says what it waits for", () => lines.length > 0);
      assert.ok(await readRayJob(at.direct, at.namespace, "held"));
      await setFinalizers(at, rayJob, []);
      await deleting;
      assert.equal(await readRayJob(at.direct, at.namespace, "held"), undefined);
      const said = lines.join("\n");
      assert.match(said, /the KubeRay operator to stop the job and whoever removes the finalizer tests\.rayjob\/hold/);
    });

    it("is content with what is gone already", async () => {
      const rayJob = await aRayJob(at, "gone-before");
      await removeRayJob(at, rayJob);
      await deleteRayJob(at.connection, rayJob.metadata, { signal });
    });

    it("leaves another RayJob of the same name alone", async () => {
      const rayJob = await aRayJob(at, "successor");
      const old = { ...rayJob.metadata, uid: "11111111-2222-3333-4444-555555555555" };
      await deleteRayJob(at.connection, old, { signal });
      assert.deepEqual(await readRayJob(at.direct, at.namespace, "successor"), rayJob);
    });

    it("is not misled by a lost answer", async () => {
      const rayJob = await aRayJob(at, "delete-lost");
      await setFinalizers(at, rayJob, ["tests.rayjob/hold"]);
      at.proxy.next(/^DELETE .*rayjobs/, { kind: "loseAnswer" });
      const lines: string[] = [];
      const deleting = deleteRayJob(at.connection, rayJob.metadata, { signal, onWaiting: (line) => lines.push(line) });
      await until("it waits", () => lines.length > 0);
      await setFinalizers(at, rayJob, []);
      await deleting;
    });

    it("stops waiting, but not deleting, when the caller gives up", async () => {
      const rayJob = await aRayJob(at, "delete-given-up");
      await setFinalizers(at, rayJob, ["tests.rayjob/hold"]);
      const giveUp = new AbortController();
      const onWaiting = () => giveUp.abort(new Error("enough"));
      await assert.rejects(
        deleteRayJob(at.connection, rayJob.metadata, { signal: giveUp.signal, onWaiting }),
        /enough/,
      );
      assert.ok((await readRayJob(at.direct, at.namespace, "delete-given-up"))?.metadata.deletionTimestamp);
      await setFinalizers(at, rayJob, []);
    });
  });

  describe("clusterUid", () => {
    it("is the same whichever way leads to the cluster, and asked once", async () => {
      assert.equal(await clusterUid(at.connection), await clusterUid(at.direct));
      await clusterUid(at.connection);
      assert.equal(at.proxy.count(/namespaces\/kube-system/), 1);
    });
  });

  async function impersonate(user: string) {
    const kubeconfig = JSON.stringify({
      clusters: [{ name: "proxy", cluster: { server: at.connection.server } }],
      users: [{ name: user, user: { as: user } }],
      contexts: [{ name: "x", context: { cluster: "proxy", user } }],
      "current-context": "x",
    });
    return await connect({ kubeconfig });
  }
});

async function fails(
  promise: Promise<unknown>,
  expected: { readonly kind: ClusterErrorKind; readonly message: string },
): Promise<ClusterError> {
  const error = await promise.then(
    () => assert.fail("should have failed"),
    (reason: ClusterError) => reason,
  );
  assert.deepEqual({ kind: error.kind, message: error.message }, expected);
  return error;
}
