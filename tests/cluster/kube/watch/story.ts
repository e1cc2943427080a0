import assert from "node:assert/strict";
import type { Connection } from "../../../../provider/kube/connection/connection.ts";
import { type FollowTarget, followRayJob, type Sighting } from "../../../../provider/kube/watch/followRayJob.ts";
import { until, type World, world } from "../world.ts";

/** What a follower has seen so far, in words. */
export interface Story {
  plot(): string[];
  /** Waits until the story has grown to this, and fails if it goes otherwise. */
  tells(...titles: string[]): Promise<void>;
  /** Waits until the story's last word is this. */
  shows(title: string): Promise<void>;
  stop(): Promise<void>;
  readonly ended: Promise<void>;
}

export function follow(connection: Connection, target: FollowTarget): Story {
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

export function titleOf(sighting: Sighting): string {
  return sighting.kind === "seen" ? (sighting.rayJob.status?.jobDeploymentStatus ?? "New") : sighting.kind;
}

/** A new world for each test of the suite, handed to `enter`; the stories that are told in it end with it. */
export function worldForEach(enter: (at: World) => void): void {
  let at: World;

  beforeEach(async () => {
    at = await world();
    enter(at);
  });

  afterEach(async () => {
    endStories();
    await at.end();
  });
}

/** Ends every story, so that none outlives its test. */
function endStories(): void {
  for (const ending of followers.splice(0)) ending.abort(new Error("the test is over"));
}

const followers: AbortController[] = [];
