import assert from "node:assert/strict";
import { once } from "node:events";
import { Cancelled, Session } from "../../../provider/server/session.ts";

const urn = "urn:pulumi:dev::project::echo:index:Echo::name";

describe("what is to be done after a call", () => {
  let session: Session;
  let order: string[];

  beforeEach(() => {
    session = new Session(undefined);
    order = [];
  });

  it("is done at the end of the operation, which waits for it", async () => {
    const finish = new AbortController();
    await session.during(urn, 0, async ({ afterwards }) => {
      afterwards(async () => {
        order.push("begun");
        await once(finish.signal, "abort");
        order.push("done");
      });
    });
    order.push("answered");
    const ended = session.cancel().then(() => order.push("ended"));
    setImmediate(() => finish.abort());
    await ended;
    assert.deepEqual(order, ["answered", "begun", "done", "ended"]);
  });

  it("is done, also for a call that fails, when the engine cancels for the second time, where the first was Ctrl-C", async () => {
    await session.during(urn, 0, async ({ afterwards }) => afterwards(async () => void order.push("work of one")));
    const call = session.during(urn, 0, async ({ signal, afterwards }) => {
      await session.cancel();
      order.push("interrupted");
      afterwards(async () => void order.push("work of the other"));
      throw signal.reason;
    });
    await assert.rejects(call, Cancelled);
    await session.cancel();
    assert.deepEqual(order, ["interrupted", "work of one", "work of the other"]);
  });

  it("is done once, however often the engine cancels", async () => {
    await session.during(urn, 0, async ({ afterwards }) => afterwards(async () => void order.push("work")));
    await session.cancel();
    await session.cancel();
    assert.deepEqual(order, ["work"]);
  });

  it("has less time than the engine gives all plug-ins to end, however many works there are", async () => {
    await session.during(urn, 0, async ({ afterwards }) => {
      for (let count = 0; count < 100; count += 1) {
        afterwards(async (signal) => {
          const engineEnds = AbortSignal.timeout(5_000);
          await once(AbortSignal.any([signal, engineEnds]), "abort");
          order.push(engineEnds.aborted ? "killed" : "given up");
        });
      }
    });
    await session.cancel();
    assert.deepEqual(new Set(order), new Set(["given up"]));
  });

  it("has said what it says before the operation ends", async () => {
    let told = () => {};
    const said = new Promise<void>((resolve) => {
      told = resolve;
    });
    session.messages.said = async (of) => {
      if (of === urn && order.includes("warned")) await said.then(() => order.push("said"));
    };
    await session.during(urn, 0, async ({ afterwards }) => afterwards(async () => void order.push("warned")));
    const ended = session.cancel().then(() => order.push("ended"));
    setImmediate(() => told());
    await ended;
    assert.deepEqual(order, ["warned", "said", "ended"]);
  });

  it("is nobody's trouble when it fails", async () => {
    await session.during(urn, 0, async ({ afterwards }) => afterwards(() => Promise.reject(new Error("It failed"))));
    await session.cancel();
  });
});

describe("what is said of a resource", () => {
  let session: Session;
  let lines: string[];

  beforeEach(() => {
    session = new Session(undefined);
    lines = [];
    const info = async (message: string) => void lines.push(message);
    session.messages.logOf = () => ({ info, status: () => {}, warning: () => {} });
  });

  it("is what its check knows when it is new: once", async () => {
    session.prepareFirst(urn, "is new");
    await session.announce(urn, "replaced", { preview: true });
    await session.announce(urn, "replaced", { preview: true });
    assert.deepEqual(lines, ["name is new"]);
  });

  it("is what its diff knows when it is replaced, although the engine then checks it as if it were new", async () => {
    session.prepare(urn, { replaced: "is replaced", updated: "is updated" });
    session.prepareFirst(urn, "is new");
    await session.announce(urn, "replaced", { preview: true });
    assert.deepEqual(lines, ["name is replaced"]);
  });
});
