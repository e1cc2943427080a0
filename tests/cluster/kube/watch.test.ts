import assert from "node:assert/strict";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { connect } from "../../../provider/kube/connection/connect.ts";
import type { Connection } from "../../../provider/kube/connection/connection.ts";
import { isClusterError } from "../../../provider/kube/connection/errors.ts";
import { readRayJob } from "../../../provider/kube/rayJobs/readRayJob.ts";
import { type FollowTarget, followRayJob, type Sighting } from "../../../provider/kube/watch/followRayJob.ts";
import { aRayJob, removeRayJob, setStatus, until, type World, world } from "./world.ts";

const LIST = /^GET .*rayjobs\?limit=/;
const WATCH = /^GET .*rayjobs\?.*watch=true/;
const READ = /^GET .*rayjobs\/[^?]+$/;
const EXPIRED = JSON.stringify({ kind: "Status", status: "Failure", reason: "Expired", code: 410, message: "too old" });

describe("followRayJob", () => {
  let at: World;

  beforeEach(async () => {
    at = await world();
  });

  afterEach(async () => {
    for (const ending of followers.splice(0)) ending.abort(new Error("the test is over"));
    await at.end();
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

  it("says which permission is missing instead of trying for ever", async () => {
    const kubeconfig = JSON.stringify({
      clusters: [{ name: "proxy", cluster: { server: at.connection.server } }],
      users: [{ name: "u", user: { as: "rayjob-nobody" } }],
      contexts: [{ name: "x", context: { cluster: "proxy", user: "u" } }],
      "current-context": "x",
    });
    const story = follow(await connect({ kubeconfig }), { namespace: at.namespace, name: "train" });
    await assert.rejects(story.ended, (error) => {
      assert.ok(isClusterError(error, "forbidden"));
      assert.match(
        error.message,
        /Cannot list RayJob\/\S+: forbidden \(User "rayjob-nobody" cannot list resource "rayjobs"/,
      );
      return true;
    });
  });

  it("says that watching is forbidden where only listing is allowed", async () => {
    const rayJob = await aRayJob(at, "train");
    at.proxy.next(WATCH, {
      kind: "answer",
      status: 403,
      body: JSON.stringify({ kind: "Status", message: "no watch" }),
    });
    const story = follow(at.connection, rayJob.metadata);
    await assert.rejects(story.ended, {
      kind: "forbidden",
      message: `Cannot watch RayJob/${at.namespace}: forbidden (no watch). Let that user do it by a Role or ClusterRole, or choose another kubeconfig or context`,
    });
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

  it("gives up on a permission that was taken away for good", async () => {
    const rayJob = await aRayJob(at, "train");
    const story = follow(at.connection, rayJob.metadata);
    await until("the watch is open", () => at.proxy.openWatches === 1);
    const forbidden = { kind: "answer", status: 403 } as const;
    at.proxy.next(/rayjobs/, ...Array<typeof forbidden>(20).fill(forbidden));
    at.proxy.cutWatches();
    await assert.rejects(story.ended, { kind: "forbidden" });
  });
});

/** What a follower has seen so far, in words. */
interface Story {
  plot(): string[];
  /** Waits until the story has grown to this, and fails if it goes otherwise. */
  tells(...titles: string[]): Promise<void>;
  /** Waits until the story's last word is this. */
  shows(title: string): Promise<void>;
  stop(): Promise<void>;
  readonly ended: Promise<void>;
}

/** All there are, so that none outlives its test. */
const followers: AbortController[] = [];

function follow(connection: Connection, target: FollowTarget): Story {
  const titles: string[] = [];
  const ending = new AbortController();
  followers.push(ending);
  const ended = listen();
  // Whoever cares awaits it; the others stop listening by ending the test.
  ended.catch(() => {});
  return { plot: () => titles, tells, shows, stop, ended };

  async function listen(): Promise<void> {
    for await (const sighting of followRayJob(connection, target, ending.signal)) titles.push(titleOf(sighting));
  }

  async function tells(...expected: string[]): Promise<void> {
    await until(`the story is ${expected}, not ${titles}`, () => titles.length >= expected.length);
    assert.deepEqual(titles, expected);
  }

  async function shows(title: string): Promise<void> {
    await until(`the story ends in ${title}`, () => titles.at(-1) === title);
  }

  async function stop(): Promise<void> {
    ending.abort(new Error("stopped"));
    await assert.rejects(ended, /stopped/);
  }
}

function titleOf(sighting: Sighting): string {
  return sighting.kind === "seen" ? (sighting.rayJob.status?.jobDeploymentStatus ?? "New") : sighting.kind;
}

async function versionOf({ direct }: World, { metadata: { namespace, name } }: RayJob): Promise<string> {
  return (await readRayJob(direct, namespace, name))?.metadata.resourceVersion ?? "";
}
