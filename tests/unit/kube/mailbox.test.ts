import assert from "node:assert/strict";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { ClusterError } from "../../../provider/kube/connection/errors.ts";
import { type Mail, Mailbox } from "../../../provider/kube/watch/mailbox.ts";

const lost = new ClusterError("unreachable", "lost");

describe("Mailbox", () => {
  it("delivers a state once, though it comes as the answer to a question and by the watch", async () => {
    const mailbox = new Mailbox({ namespace: "ml", name: "train" });
    mailbox.verified(aRayJob("7"));
    assert.deepEqual(await taken(mailbox), { rayJob: aRayJob("7") });
    mailbox.observed(aRayJob("7"));
    mailbox.observed(aRayJob("8"));
    assert.deepEqual(await taken(mailbox), { rayJob: aRayJob("8") });
    mailbox.observed(aRayJob("8"));
    assert.equal(await taken(mailbox), "nothing");
  });

  it("delivers the state that the follower knew before, for it has not seen it here, and doubts an older one", async () => {
    const mailbox = new Mailbox({ namespace: "ml", name: "train", resourceVersion: "7" });
    mailbox.observed(aRayJob("6"));
    assert.deepEqual(await taken(mailbox), { doubtful: true });
    mailbox.observed(aRayJob("7"));
    assert.deepEqual(await taken(mailbox), { rayJob: aRayJob("7") });
  });

  it("delivers an older state that is the answer to a question, and what follows on it", async () => {
    const mailbox = new Mailbox({ namespace: "ml", name: "train", resourceVersion: "1000" });
    mailbox.verified(aRayJob("6"));
    assert.deepEqual(await taken(mailbox), { rayJob: aRayJob("6") });
    mailbox.observed(aRayJob("8"));
    assert.deepEqual(await taken(mailbox), { rayJob: aRayJob("8") });
  });

  it("does not put an answer above what has arrived since the question, and asks again", async () => {
    const mailbox = new Mailbox({ namespace: "ml", name: "train" });
    mailbox.observed(undefined);
    await taken(mailbox);
    mailbox.observed(aRayJob("8"));
    mailbox.verified(aRayJob("7"));
    assert.deepEqual(await taken(mailbox), { rayJob: aRayJob("8"), doubtful: true });
  });

  it("delivers the same state once more when the connection is there again", async () => {
    const mailbox = new Mailbox({ namespace: "ml", name: "train" });
    mailbox.observed(aRayJob("7"));
    await taken(mailbox);
    mailbox.interrupted(lost);
    assert.deepEqual(await taken(mailbox), { interrupted: lost });
    mailbox.observed(aRayJob("7"));
    assert.deepEqual(await taken(mailbox), { rayJob: aRayJob("7") });
  });
});

function aRayJob(resourceVersion: string): RayJob {
  const metadata = { name: "train", namespace: "ml", uid: "1", resourceVersion };
  return { metadata } as RayJob;
}

/** What is there right now. */
async function taken(mailbox: Mailbox): Promise<Mail | "nothing"> {
  const ending = new AbortController();
  setImmediate(() => ending.abort("nothing"));
  return await mailbox.take(ending.signal).catch((reason: unknown) => reason as "nothing");
}
