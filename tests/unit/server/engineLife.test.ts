import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { whenEngineEnds } from "../../../provider/server/engineLife.ts";

describe("whenEngineEnds", () => {
  it("is silent as long as the engine answers, and tells once when it is gone", async () => {
    const engine = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
    await once(engine, "listening");
    let told = 0;
    const gone = new Promise<void>((resolve) => {
      whenEngineEnds(`127.0.0.1:${(engine.address() as AddressInfo).port}`, () => resolve(void told++), 5);
    });
    await once(engine, "connection");
    await once(engine, "connection");
    assert.equal(told, 0);
    engine.close();
    // Nothing else keeps this process alive, as in the plug-in nothing but its server does.
    const alive = setInterval(() => {}, 1000);
    await gone;
    clearInterval(alive);
    assert.equal(told, 1);
  });
});
