import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { whenEngineEnds } from "../../../provider/server/engineLife.ts";

describe("whenEngineEnds", () => {
  it("is silent as long as the engine answers, though it ends the connection, and tells once when it is gone", async () => {
    const engine = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
    await once(engine, "listening");
    let told = 0;
    const gone = new Promise<void>((resolve) => {
      whenEngineEnds(`127.0.0.1:${(engine.address() as AddressInfo).port}`, () => resolve(void told++), 5);
    });
    const [first] = (await once(engine, "connection")) as [Socket];
    first.destroy();
    const [second] = (await once(engine, "connection")) as [Socket];
    assert.equal(told, 0);
    engine.close();
    second.destroy();
    // Nothing else keeps this process alive, as in the plug-in nothing but its server does.
    const alive = setInterval(() => {}, 1000);
    await gone;
    clearInterval(alive);
    assert.equal(told, 1);
  });
});
