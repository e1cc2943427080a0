import assert from "node:assert/strict";
import { connect } from "../../../../provider/kube/connection/connect.ts";
import { isClusterError } from "../../../../provider/kube/connection/errors.ts";
import { aRayJob, until, type World } from "../world.ts";
import { WATCH } from "./requests.ts";
import { follow, worldForEach } from "./story.ts";

describe("followRayJob", () => {
  let at: World;

  worldForEach((begun) => {
    at = begun;
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

  it("gives up, in time, on a permission that was taken away for good", async () => {
    const rayJob = await aRayJob(at, "train");
    at.connection.refusalBudgetMs = 1_000;
    const story = follow(at.connection, rayJob.metadata);
    await until("the watch is open", () => at.proxy.openWatches === 1);
    const forbidden = { kind: "answer", status: 403 } as const;
    at.proxy.next(/rayjobs/, ...Array<typeof forbidden>(20).fill(forbidden));
    at.proxy.cutWatches();
    await assert.rejects(story.ended, { kind: "forbidden" });
  });
});
