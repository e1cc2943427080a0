import assert from "node:assert/strict";
import { manifestOf } from "../../../provider/job/manifest.ts";
import { ownerOf } from "../../../provider/job/owner.ts";
import { create as createJob } from "../../../provider/resources/rayJob/create.ts";
import { read as readJob } from "../../../provider/resources/rayJob/read.ts";
import { update as updateJob } from "../../../provider/resources/rayJob/update.ts";
import { rayJobCleanup } from "../../../provider/resources/rayJobCleanup/rayJobCleanup.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";
import { ApiServer, refusal } from "../../support/apiServer.ts";
import { until } from "../../support/until.ts";
import { aJob } from "../job/aJob.ts";
import { failureOf, subject, surroundings } from "./surroundings.ts";

const urn = "urn:pulumi:dev::ml::team:it:Stage$rayjob:index:RayJobCleanup::training";
const jobUrn = (name: string) => `urn:pulumi:dev::ml::team:it:Stage$rayjob:index:RayJob::${name}`;
const inputs = { namespace: "ml", jobs: ["train", "tune"] };

describe("RayJobCleanup", () => {
  let server: ApiServer;

  beforeEach(async () => {
    server = await ApiServer.start();
  });

  afterEach(async () => {
    await server.stop();
  });

  it("deletes what a killed deployment has left of its jobs, running or not, and says so", async () => {
    await left("train");
    await left("tune", { jobDeploymentStatus: "Complete", jobStatus: "SUCCEEDED" });
    assert.deepEqual(await destroyed(), [
      "info: deleted RayJob/ml/train, left by an interrupted deployment",
      "info: deleted RayJob/ml/tune, left by an interrupted deployment",
    ]);
    assert.deepEqual([...server.rayJobs.keys()], []);
  });

  it("waits until they are gone", async () => {
    server.finalizers = ["ray.io/rayjob-finalizer"];
    await left("train");
    const context = surroundings(server);
    const waits = (line: string) => line.includes("waiting for the KubeRay operator") && server.delete("train");
    await rayJobCleanup.delete(request(), { ...context, log: { ...context.log, status: waits } });
    assert.equal(server.rayJobs.size, 0);
  });

  it("leaves alone what is somebody else's: another job, parent, stack, state", async () => {
    await left("other");
    await left("train", undefined, ownerOf("urn:pulumi:dev::ml::rayjob:index:RayJob::train", "provider-1"));
    await left("train-2", undefined, ownerOf(jobUrn("train").replace("dev", "prod"), "provider-1"));
    await left("train-3", undefined, ownerOf(jobUrn("train"), "provider-2"));
    assert.deepEqual(await destroyed(), []);
    assert.equal(server.rayJobs.size, 4);
  });

  it("believes the annotations rather than the label, which somebody may have copied", async () => {
    await left("train");
    const { metadata } = server.rayJob("train");
    await left("copy", undefined, ownerOf("urn:theirs", "provider-1"), metadata.labels);
    await destroyed();
    assert.deepEqual([...server.rayJobs.keys()], ["copy"]);
  });

  it("leaves alone what a state holds, however its creation ended", async () => {
    const context = surroundings(server);
    const created = (name: string, more: object) =>
      createJob({ urn: jobUrn(name), name, inputs: aJob({ name, ...more }), preview: false }, context);
    await created("train", { waitFor: "none" });
    await failureOf(created("tune", { timeoutSeconds: 0.05 }));
    for (const name of ["train", "tune"]) server.report(name, { jobDeploymentStatus: "Running" });
    await context.done();
    assert.deepEqual(await destroyed(), []);
    assert.deepEqual([...server.rayJobs.keys()], ["train", "tune"]);
  });

  it("deletes on an update what was left of the jobs that it is told of no more", async () => {
    await left("train");
    await left("tune");
    const newInputs = { ...inputs, jobs: ["train"] };
    const update = { ...subject(), urn, id: "ml", oldInputs: inputs, oldOutputs: outputs(), newInputs };
    const foretold = await rayJobCleanup.update({ ...update, preview: true }, surroundings(server));
    assert.equal(server.requests.filter((line) => line.startsWith("DELETE")).length, 0);
    assert.deepEqual(await rayJobCleanup.update({ ...update, preview: false }, surroundings(server)), foretold);
    assert.deepEqual([...server.rayJobs.keys()], ["train"]);
    assert.deepEqual(foretold, { ...outputs(), ...newInputs });
  });

  it("deletes what a killed deployment of another provider has left, such as another version, and keeps its ID in mind", async () => {
    const made = await rayJobCleanup.create({ ...subject(), urn, inputs, preview: false }, surroundings(server));
    await left("train", undefined, ownerOf(jobUrn("train"), "provider-1"));
    await left("tune", undefined, ownerOf(jobUrn("tune"), "provider-2"));
    await left("stays", undefined, ownerOf(jobUrn("tune"), "provider-0"));
    const second = await under("provider-2", made.outputs);
    assert.deepEqual(second.providerIds, ["provider-1", "provider-2"]);
    const third = await under("provider-3", second);
    await rayJobCleanup.delete({ ...request(), outputs: third }, { ...surroundings(server), providerId: "provider-3" });
    assert.deepEqual([...server.rayJobs.keys()], ["stays"]);
  });

  it("says in a preview once that it notes another provider, whose ID may not be known yet, and keeps the last 20", async () => {
    let current: PropertyMap = outputs();
    for (let version = 2; version <= 30; version += 1) current = await under(`provider-${version}`, current);
    assert.deepEqual(
      current.providerIds,
      Array.from({ length: 20 }, (_, index) => `provider-${index + 11}`),
    );
    const back = await under("provider-20", current); // was noted, and is the last one now
    assert.equal(Object(back.providerIds).length, 20);
  });

  /** What the state holds after a deployment by this provider. */
  async function under(providerId: string, oldOutputs: PropertyMap): Promise<PropertyMap> {
    const comparison = { ...subject(), urn, id: "ml", oldInputs: inputs, oldOutputs, newInputs: inputs };
    const { changes } = await rayJobCleanup.diff({ ...comparison, providerId });
    const context = { ...surroundings(server), providerId };
    const foretold = await rayJobCleanup.update({ ...comparison, preview: true }, context);
    if (changes.length === 0) {
      assert.deepEqual([...Object(foretold.providerIds)].sort(), [...Object(oldOutputs.providerIds)].sort());
      return oldOutputs;
    }
    assert.deepEqual(changes, [{ path: ["providerIds"], kind: "update", replaces: false, of: "outputs" }]);
    assert.equal(foretold.providerIds, UNKNOWN);
    return rayJobCleanup.update({ ...comparison, preview: false }, context);
  }

  it("leaves alone what a state holds that has imported or refreshed it", async () => {
    for (const name of ["train", "tune"]) await left(name);
    const imported = surroundings(server);
    await readJob({ ...subject(), id: "ml/train", inputs: {}, outputs: {} }, imported);
    const { uid } = server.rayJob("tune").metadata;
    const refreshed = surroundings(server);
    const known = { ...aJob({ name: "tune" }), uid, clusterUid: "cluster-1" };
    await readJob({ ...subject(), id: "ml/tune", inputs: aJob({ name: "tune" }), outputs: known }, refreshed);
    assert.equal(server.count(/^PATCH/), 0, "the state does not have them yet");
    for (const context of [imported, refreshed]) await context.done();
    assert.deepEqual(await destroyed(), []);
    assert.deepEqual([...server.rayJobs.keys()], ["train", "tune"]);
  });

  it("leaves alone what a state holds, although the deployment that has made it was killed, and the one that waits for it", async () => {
    await left("train", { jobDeploymentStatus: "Running", jobStatus: "RUNNING" });
    const oldInputs = aJob({ name: "train" });
    const oldOutputs = { ...oldInputs, uid: server.rayJob("train").metadata.uid, clusterUid: "cluster-1" };
    const cancellation = new AbortController();
    const request = { ...subject(), id: "ml/train", oldInputs, oldOutputs, newInputs: oldInputs, preview: false };
    const waiting = updateJob(request, { ...surroundings(server), signal: cancellation.signal });
    const isMarked = () => "pulumi-rayjob/in-creation" in (server.rayJob("train").metadata.labels ?? {});
    await until("the label to be off", async () => !isMarked(), { everyMilliseconds: 5 });
    assert.deepEqual(await destroyed(), []);
    assert.deepEqual([...server.rayJobs.keys()], ["train"]);
    cancellation.abort(new Error("killed"));
    await failureOf(waiting);
  });

  it("may delete what a state holds where it cannot be told, of which a deployment warns once", async () => {
    const context = surroundings(server);
    for (const name of ["train", "tune"]) {
      const args = aJob({ name, waitFor: "none" });
      await createJob({ urn: jobUrn(name), name, inputs: args, preview: false }, context);
      server.next(/^PATCH/, () => refusal(403, "Forbidden", 'User "deployer" cannot patch resource "rayjobs"'));
    }
    await context.done();
    const warnings = context.said.filter((line) => line.startsWith("warning"));
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0] ?? "",
      /^warning: Cannot update RayJob\/ml\/train: forbidden \(.*cannot patch.*\)\. So RayJob\/ml\/train keeps its label `pulumi-rayjob\/in-creation`/,
    );
    assert.equal((await destroyed()).length, 2);
  });

  it("asks in few words, however many jobs there were", async () => {
    const jobs = Array.from({ length: 450 }, (_, index) => `train-${index}`);
    await left("train-449");
    await rayJobCleanup.delete({ ...request(), outputs: { ...outputs(), jobs } }, surroundings(server));
    assert.equal(server.rayJobs.size, 0);
    assert.deepEqual(
      server.requests.filter((line) => line.length > 300),
      [],
    );
  });

  it("asks the cluster once where nothing is left, and not at all where there were no jobs", async () => {
    await destroyed();
    assert.equal(server.count(/rayjobs/), 1);
    await rayJobCleanup.delete({ ...request(), outputs: { ...outputs(), jobs: [] } }, surroundings(server));
    assert.equal(server.count(/./), 2); // the other one asked which cluster it is
  });

  it("tells every deletion that fails, after all have been tried", async () => {
    await left("train");
    await left("tune");
    for (let times = 0; times < 2; times++) server.next(/^DELETE/, () => refusal(403, "Forbidden", "forbidden"));
    await assert.rejects(destroyed(), /Cannot delete RayJob\/ml\/train.*\n.*Cannot delete RayJob\/ml\/tune/);
  });

  it("has nothing to do where KubeRay's CRDs are gone", async () => {
    server.hasCrds = false;
    assert.deepEqual(await destroyed(), []);
  });

  it("refuses another cluster", async () => {
    server.clusterUid = "cluster-2";
    await assert.rejects(destroyed(), /lives on the cluster whose kube-system has the UID cluster-1/);
  });

  it("is another one in another namespace, and takes the order of its jobs for nothing", async () => {
    const check = { ...subject(), urn, oldInputs: {}, secrets: [], configuration: { namespace: "ml" } };
    const { inputs: checked } = await rayJobCleanup.check({ ...check, newInputs: { jobs: ["tune", "train"] } });
    assert.deepEqual(checked, inputs);
    const moved = { ...subject(), urn, id: "ml", oldInputs: inputs, oldOutputs: outputs() };
    const { changes } = await rayJobCleanup.diff({ ...moved, newInputs: { ...inputs, namespace: "prod" } });
    assert.deepEqual(changes, [{ path: ["namespace"], kind: "update", replaces: true, of: "inputs" }]);
  });

  function outputs() {
    return { ...inputs, clusterUid: "cluster-1", providerIds: ["provider-1"] };
  }

  function request() {
    return { ...subject("training"), urn, id: "ml", inputs, outputs: outputs() };
  }

  async function destroyed(): Promise<string[]> {
    const context = surroundings(server);
    await rayJobCleanup.delete(request(), context);
    return context.said.filter((line) => !line.startsWith("status: "));
  }

  async function left(name: string, status = {}, owner = ownerOf(jobUrn(name), "provider-1"), labels = {}) {
    const manifest = manifestOf(aJob({ name }), owner);
    const metadata = { ...manifest.metadata, labels: { ...manifest.metadata.labels, ...labels } };
    const { clusters } = JSON.parse(server.kubeconfig);
    const address = `${clusters[0].cluster.server}/apis/ray.io/v1/namespaces/ml/rayjobs`;
    const response = await fetch(address, { method: "POST", body: JSON.stringify({ ...manifest, metadata }) });
    assert(response.ok);
    server.report(name, status);
  }
});
