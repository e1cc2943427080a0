import assert from "node:assert/strict";
import type { RayJob } from "../../../../provider/job/rayJob.ts";
import { readRayJob } from "../../../../provider/kube/rayJobs/readRayJob.ts";
import { aRayJob, removeRayJob, setStatus, until, type World } from "../world.ts";
import { LIST, WATCH } from "./requests.ts";
import { follow, type Story, worldForEach } from "./story.ts";

const EXPIRED = JSON.stringify({ kind: "Status", status: "Failure", reason: "Expired", code: 410, message: "too old" });

describe("followRayJob", () => {
  let at: World;

  worldForEach((begun) => {
    at = begun;
  });

  it("says gone when another took over the name while the connection was lost", async () => {
    const rayJob = await aRayJob(at, "train");
    const story = follow(at.connection, rayJob.metadata);
    await story.tells("New");
    await at.proxy.stop();
    await removeRayJob(at, rayJob);
    await aRayJob(at, "train");
    await at.proxy.start();
    await story.ended;
    assert.equal(story.plot().at(-1), "gone");
  });

  it("never shows an older state than the one the follower knows", async () => {
    const rayJob = await aRayJob(at, "train");
    const first = follow(at.connection, rayJob.metadata);
    await first.tells("New");
    await at.proxy.stop();
    await setStatus(at, rayJob, { jobDeploymentStatus: "Suspended" });
    await setStatus(at, rayJob, { jobDeploymentStatus: "Running" });
    await at.proxy.start();
    const known = { ...rayJob.metadata, resourceVersion: await versionOf(at, rayJob) };
    await follow(at.connection, known).tells("Running");
  });

  describe("survives", () => {
    let rayJob: RayJob;
    let story: Story;

    beforeEach(async () => {
      rayJob = await aRayJob(at, "train");
      story = follow(at.connection, rayJob.metadata);
      await story.tells("New");
      await until("the watch is open", () => at.proxy.openWatches === 1);
    });

    it("a connection that breaks, continuing where it was", async () => {
      at.proxy.cutWatches();
      await setStatus(at, rayJob, { jobDeploymentStatus: "Running" });
      await story.tells("New", "interrupted", "New", "Running");
      assert.equal(at.proxy.count(LIST), 1);
    });

    it("a watch that ends as planned, without a word", async () => {
      at.proxy.endWatches();
      await setStatus(at, rayJob, { jobDeploymentStatus: "Running" });
      await story.tells("New", "Running");
      assert.equal(at.proxy.count(LIST), 1);
    });

    it("half an event at the end of a watch", async () => {
      at.proxy.endWatches('{"type":"MODIFIED","object":{"metadata":{"name":"tr');
      await setStatus(at, rayJob, { jobDeploymentStatus: "Running" });
      await story.tells("New", "interrupted", "New", "Running");
    });

    it("an API server that is away for a while", async () => {
      await at.proxy.stop();
      await setStatus(at, rayJob, { jobDeploymentStatus: "Running" });
      await story.shows("interrupted");
      await at.proxy.start();
      await story.shows("Running");
    });

    it("a version that the API server has forgotten, as an event", async () => {
      at.proxy.endWatches(`{"type":"ERROR","object":${EXPIRED}}\n`);
      await setStatus(at, rayJob, { jobDeploymentStatus: "Running" });
      await story.tells("New", "Running");
    });

    it("a version that the API server has forgotten, as an answer", async () => {
      at.proxy.next(WATCH, { kind: "answer", status: 410, body: EXPIRED });
      at.proxy.endWatches();
      await story.shows("New");
      await setStatus(at, rayJob, { jobDeploymentStatus: "Running" });
      await story.shows("Running");
      assert.equal(at.proxy.count(LIST), 2);
    });

    it("a deletion that nobody saw, because the version was forgotten", async () => {
      await at.proxy.stop();
      await removeRayJob(at, rayJob);
      at.proxy.next(WATCH, { kind: "answer", status: 410, body: EXPIRED });
      await at.proxy.start();
      await story.shows("gone");
    });

    it("credentials that have ended, and an API server that is overloaded or has not read its rules yet", async () => {
      at.proxy.next(
        WATCH,
        { kind: "answer", status: 401 },
        { kind: "answer", status: 429, headers: { "retry-after": "1" } },
        { kind: "answer", status: 503 },
        { kind: "answer", status: 403, body: "not yet" },
      );
      at.proxy.cutWatches();
      await setStatus(at, rayJob, { jobDeploymentStatus: "Running" });
      await story.shows("Running");
    });

    it("an API server that answers each watch with an error, by listing again", async () => {
      at.proxy.next(WATCH, ...Array<{ kind: "drop" }>(4).fill({ kind: "drop" }));
      at.proxy.cutWatches();
      await setStatus(at, rayJob, { jobDeploymentStatus: "Running" });
      await story.shows("Running");
      assert.ok(at.proxy.count(LIST) > 1);
    });
  });
});

async function versionOf({ direct }: World, { metadata: { namespace, name } }: RayJob): Promise<string> {
  return (await readRayJob(direct, namespace, name))?.metadata.resourceVersion ?? "";
}
