import assert from "node:assert/strict";
import { once } from "node:events";
import { Cancelled, Session } from "../../../provider/server/session.ts";

const urn = "urn:pulumi:dev::project::echo:index:Echo::name";

describe("what is to be done after a call", () => {
  it("begins when the call has its answer, and the end of the operation waits for it", async () => {
    const session = new Session(undefined);
    const order: string[] = [];
    const finish = new AbortController();
    await session.during(urn, 0, async ({ afterwards }) => {
      afterwards(() => {
        order.push("begun");
        return once(finish.signal, "abort").then(() => void order.push("done"));
      });
    });
    order.push("answered");
    const ended = session.cancel().then(() => order.push("ended"));
    setImmediate(() => finish.abort());
    await ended;
    assert.deepEqual(order, ["answered", "begun", "done", "ended"]);
  });

  it("is done before the answer where the operation ends already, and where the call fails", async () => {
    const session = new Session(undefined);
    let isDone = false;
    const call = session.during(urn, 0, async ({ signal, afterwards }) => {
      afterwards(async () => {
        isDone = true;
      });
      await session.cancel();
      throw signal.reason;
    });
    await assert.rejects(call, Cancelled);
    assert(isDone);
  });

  it("is nobody's trouble when it fails", async () => {
    const session = new Session(undefined);
    await session.during(urn, 0, async ({ afterwards }) => afterwards(() => Promise.reject(new Error("It failed"))));
    await session.cancel();
  });
});
