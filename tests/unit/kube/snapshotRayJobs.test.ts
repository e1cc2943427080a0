import assert from "node:assert/strict";
import { connect } from "../../../provider/kube/connection/connect.ts";
import { snapshotRayJobs } from "../../../provider/kube/rayJobs/snapshotRayJobs.ts";
import { type Answer, ApiServer, refusal } from "../../support/apiServer.ts";

const first = /limit=\d+$/;
const second = /continue=more/;

describe("snapshotRayJobs", () => {
  let server: ApiServer;

  beforeEach(async () => {
    server = await ApiServer.start();
  });

  afterEach(async () => {
    await server.stop();
  });

  it("asks again for a page that has failed, and not for those before it", async () => {
    server.next(first, () => page(["a", "b"], "more"));
    for (const status of [429, 503]) server.next(second, () => refusal(status, "", "busy"));
    server.next(second, () => page(["c"]));
    assert.deepEqual(await namesOf({ retry: false }), ["a", "b", "c"]);
    assert.deepEqual([server.count(first), server.count(second)], [1, 3]);
  });

  it("leaves it to who asks whether the first page is asked for again", async () => {
    server.next(first, () => refusal(503, "", "busy"));
    await assert.rejects(namesOf({ retry: false }), { kind: "unavailable" });
  });

  it("keeps of each page only those that are wanted", async () => {
    server.next(first, () => page(["a", "b"], "more"));
    server.next(second, () => page(["c", "d"]));
    assert.deepEqual(await namesOf({ isWanted: ({ metadata }) => "bd".includes(metadata.name) }), ["b", "d"]);
  });

  async function namesOf(options: Parameters<typeof snapshotRayJobs>[2]): Promise<string[]> {
    const { rayJobs } = await snapshotRayJobs(await connect({ kubeconfig: server.kubeconfig }), "ml", options);
    return rayJobs.map(({ metadata }) => metadata.name);
  }
});

function page(names: readonly string[], next?: string): Answer {
  const items = names.map((name) => ({ metadata: { name } }));
  return { status: 200, body: { metadata: { resourceVersion: "1", continue: next }, items } };
}
