import assert from "node:assert/strict";
import { create } from "../../../provider/resources/rayJob/create.ts";
import { remove } from "../../../provider/resources/rayJob/delete.ts";
import type { ResourceState } from "../../../provider/server/customResource.ts";
import { ApiServer } from "../../support/apiServer.ts";
import { aJob } from "../job/aJob.ts";
import { subject, surroundings } from "./surroundings.ts";

const inputs = aJob({ waitFor: "none" });
const { name } = inputs as { readonly name: string };

describe("a deletion", () => {
  let server: ApiServer;
  let state: ResourceState;

  beforeEach(async () => {
    server = await ApiServer.start();
    server.finalizers = ["ray.io/rayjob-finalizer"];
    state = await create({ ...subject(), inputs, preview: false }, surroundings(server));
  });

  afterEach(async () => {
    await server.stop();
  });

  it("waits until the finalizers are off", async () => {
    const deleting = remove(
      request(),
      waited(() => server.delete(name)),
    );
    await deleting;
    assert.equal(server.rayJobs.size, 0);
  });

  it("is done when KubeRay's CRDs are gone: all RayJobs have gone with them", async () => {
    server.hasCrds = false;
    await remove(request(), surroundings(server));
  });

  it("is done when the CRDs go while it waits", async () => {
    await remove(
      request(),
      waited(() => {
        server.hasCrds = false;
        server.cutWatches();
      }),
    );
  });

  it("is not done for a 404 that is not the API server's", async () => {
    server.next(/^DELETE/, () => ({ status: 404, body: "default backend - 404" }));
    await assert.rejects(remove(request(), surroundings(server)), /KubeRay's CRDs are not installed/);
    assert.equal(server.rayJobs.size, 1);
  });

  it("is refused on another cluster, CRDs or not", async () => {
    const other = await ApiServer.start();
    other.clusterUid = "cluster-2";
    other.hasCrds = false;
    await assert.rejects(
      remove(request(), surroundings(other)),
      /lives on the cluster whose kube-system has the UID cluster-1/,
    );
    await other.stop();
  });

  it("leaves a run that its own replacement has adopted, says so, and deletes it the next time", async () => {
    server.finalizers = [];
    const adopted = await create({ ...subject(), inputs, preview: false }, surroundings(server));
    assert.equal(adopted.outputs.uid, state.outputs.uid);
    const context = surroundings(server);
    await remove(request(), context);
    assert.match(
      context.said.join("\n"),
      /^warning: RayJob\/ml\/\S+ was not run again: .* the same command runs it again now$/,
    );
    assert.equal(server.rayJob(name).metadata.deletionTimestamp, undefined);
    server.edit(name, { metadata: { finalizers: null } });
    await remove(request(), surroundings(server));
    assert.equal(server.rayJobs.size, 0);
  });

  function request() {
    return { ...subject(), ...state, inputs };
  }

  /** Surroundings in which something happens as soon as the deletion says that it waits. */
  function waited(happens: () => void) {
    const context = surroundings(server);
    return { ...context, log: { ...context.log, status: happens } };
  }
});
