import assert from "node:assert/strict";
import { followRayJob } from "../../../../provider/kube/watch/followRayJob.ts";
import { aRayJob, removeRayJob, setStatus, until, type World } from "../world.ts";
import { LIST, READ, WATCH } from "./requests.ts";
import { follow, titleOf, worldForEach } from "./story.ts";

describe("followRayJob", () => {
  let at: World;

  worldForEach((begun) => {
    at = begun;
  });

  it("shows the present state, then each change, then that it is gone", async () => {
    const rayJob = await aRayJob(at, "train");
    const story = follow(at.connection, rayJob.metadata);
    await story.tells("New");
    await setStatus(at, rayJob, { jobDeploymentStatus: "Running" });
    await story.tells("New", "Running");
    await removeRayJob(at, rayJob);
    await story.tells("New", "Running", "Running", "gone");
    await story.ended;
  });

  it("follows whatever bears the name when no UID is given", async () => {
    const rayJob = await aRayJob(at, "train");
    const story = follow(at.connection, { namespace: at.namespace, name: "train" });
    await story.tells("New");
    await removeRayJob(at, rayJob);
    await story.tells("New", "New", "gone");
  });

  it("says gone when there is none of the name", async () => {
    await follow(at.connection, { namespace: at.namespace, name: "nobody" }).tells("gone");
  });

  it("says gone when another bears the name by now", async () => {
    const rayJob = await aRayJob(at, "train");
    await removeRayJob(at, rayJob);
    await aRayJob(at, "train");
    await follow(at.connection, rayJob.metadata).tells("gone");
  });

  it("needs one list and one watch for many followers, and ends the watch with the last", async () => {
    const rayJobs = await Promise.all(Array.from({ length: 20 }, (_, index) => aRayJob(at, `train-${index}`)));
    const stories = rayJobs.map((rayJob) => follow(at.connection, rayJob.metadata));
    await Promise.all(stories.map((story) => story.tells("New")));
    await until("the watch is open", () => at.proxy.openWatches === 1);
    await Promise.all(rayJobs.map((rayJob) => setStatus(at, rayJob, { jobDeploymentStatus: "Complete" })));
    await Promise.all(stories.map((story) => story.tells("New", "Complete")));
    assert.deepEqual([at.proxy.count(LIST), at.proxy.count(WATCH), at.proxy.count(READ)], [1, 1, 0]);
    for (const story of stories.slice(1)) await story.stop();
    assert.equal(at.proxy.openWatches, 1);
    await stories[0]?.stop();
    await until("the watch is closed", () => at.proxy.openWatches === 0);
  });

  it("starts anew after the last follower has left", async () => {
    const rayJob = await aRayJob(at, "train");
    for (const status of ["Initializing", "Running", "Complete"] as const) {
      await setStatus(at, rayJob, { jobDeploymentStatus: status });
      const story = follow(at.connection, rayJob.metadata);
      await story.tells(status);
      await story.stop();
    }
  });

  it("never takes a RayJob that was created just now for gone", async () => {
    const first = follow(at.connection, (await aRayJob(at, "first")).metadata);
    await first.tells("New");
    const stories = [];
    for (let index = 0; index < 30; index += 1) {
      stories.push(follow(at.connection, (await aRayJob(at, `train-${index}`)).metadata));
    }
    await Promise.all(stories.map((story) => story.tells("New")));
  });

  it("shows only the latest state to a slow follower, and the last state before gone", async () => {
    const rayJob = await aRayJob(at, "train");
    const other = follow(at.connection, rayJob.metadata);
    const { signal } = new AbortController();
    const slow = followRayJob(at.connection, rayJob.metadata, signal);
    assert.equal(titleOf((await slow.next()).value), "New");
    await other.tells("New");
    await setStatus(at, rayJob, { jobDeploymentStatus: "Initializing" });
    await setStatus(at, rayJob, { jobDeploymentStatus: "Running" });
    await setStatus(at, rayJob, { jobDeploymentStatus: "Complete" });
    await removeRayJob(at, rayJob);
    await other.ended;
    assert.equal(titleOf((await slow.next()).value), "Complete");
    assert.equal(titleOf((await slow.next()).value), "gone");
    assert.equal((await slow.next()).done, true);
  });

  it("ends with the signal's reason when that is aborted", async () => {
    const rayJob = await aRayJob(at, "train");
    const giveUp = new AbortController();
    const sightings = followRayJob(at.connection, rayJob.metadata, giveUp.signal);
    await sightings.next();
    const next = sightings.next();
    giveUp.abort(new Error("enough"));
    await assert.rejects(next, /enough/);
    await until("the watch is closed", () => at.proxy.openWatches === 0);
  });
});
