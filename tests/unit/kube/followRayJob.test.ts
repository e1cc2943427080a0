import assert from "node:assert/strict";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { type Connection, connect } from "../../../provider/kube/connection/connect.ts";
import { followRayJob, type Sighting } from "../../../provider/kube/watch/followRayJob.ts";
import { ApiServer, refusal } from "../../support/apiServer.ts";

const rayJobs = /rayjobs\?/;
const read = /^GET \S+\/rayjobs\/train$/;

describe("followRayJob", () => {
  let server: ApiServer;
  let connection: Connection;
  let sightings: AsyncGenerator<Sighting>;
  let ending: AbortController;

  beforeEach(async () => {
    server = await ApiServer.start();
    connection = await connect({ kubeconfig: server.kubeconfig });
    server.rayJobs.set("train", aRayJob("1", "Running"));
    ending = new AbortController();
    sightings = followRayJob(connection, { namespace: "ml", name: "train", uid: "1" }, ending.signal);
  });

  afterEach(async () => {
    ending.abort(new Error("the test is over"));
    await sightings.next().catch(() => undefined);
    await server.stop();
  });

  it("tells of refused credentials while it waits for new ones, and goes on", async () => {
    await watching();
    for (let times = 0; times < 4; times += 1) server.next(rayJobs, () => refusal(401, "Unauthorized", "Unauthorized"));
    server.report("train", { jobDeploymentStatus: "Complete" });
    server.cutWatches();
    const { problems, last } = await untilSeen("Complete");
    assert.ok(problems.some((problem) => problem.endsWith("were not accepted (401)")));
    assert.equal(last, "Complete");
  });

  it("ends with the error of a right that is gone for good", async () => {
    connection.refusalBudgetMs = 300;
    await watching();
    for (let times = 0; times < 100; times += 1) server.next(rayJobs, () => refusal(403, "Forbidden", "no watch"));
    server.cutWatches();
    await assert.rejects(untilSeen("Complete"), { kind: "forbidden", problem: /forbidden \(no watch\)$/ });
  });

  it("asks once more whether one is gone that is not listed, where it was refused", async () => {
    await watching();
    server.rayJobs.delete("train");
    server.next(rayJobs, () => refusal(410, "Expired", "too old"));
    server.next(read, () => refusal(403, "Forbidden", "not yet"));
    server.cutWatches();
    const { problems, last } = await untilSeen("Complete");
    assert.ok(problems.some((problem) => problem.endsWith("forbidden (not yet)")));
    assert.equal(last, "gone");
  });

  it("sees the end of a RayJob whose cluster counts from an earlier version on, restored from a backup", async () => {
    await watching();
    server.rayJobs.set("train", aRayJob("1", "Complete"));
    server.next(rayJobs, () => refusal(410, "Expired", "too old"));
    server.cutWatches();
    assert.equal((await untilSeen("Complete")).last, "Complete");
  });

  it("asks for the state of one that is followed later, which is not kept until then, nor after", async () => {
    server.rayJobs.set("other", aRayJob("1", "Running", "other"));
    await watching();
    for (const status of ["Suspended", "Complete"] as const) {
      server.report("other", { jobDeploymentStatus: status });
      const others = followRayJob(connection, { namespace: "ml", name: "other" }, ending.signal);
      const { value } = await others.next();
      assert.equal(value.rayJob.status.jobDeploymentStatus, status);
      await others.return(undefined);
    }
    assert.equal(server.count(/^GET \S+\/rayjobs\/other$/), 2);
    assert.equal(server.count(/rayjobs\?limit/), 1);
  });

  /** Waits until a change of the RayJob has come by the watch. */
  async function watching(): Promise<void> {
    await sightings.next();
    const next = sightings.next();
    server.report("train", { jobDeploymentStatus: "Running" });
    await next;
  }

  async function untilSeen(wanted: string): Promise<{ readonly problems: readonly string[]; readonly last: string }> {
    const problems: string[] = [];
    let last = "";
    for await (const sighting of sightings) {
      if (sighting.kind === "interrupted") problems.push(sighting.error.problem);
      last = sighting.kind === "seen" ? (sighting.rayJob.status?.jobDeploymentStatus ?? "") : sighting.kind;
      if (last === wanted) break;
    }
    return { problems, last };
  }
});

function aRayJob(resourceVersion: string, jobDeploymentStatus: string, name = "train"): RayJob {
  const metadata = { name, namespace: "ml", uid: "1", resourceVersion, creationTimestamp: "" };
  return { apiVersion: "ray.io/v1", kind: "RayJob", metadata, spec: {}, status: { jobDeploymentStatus } } as RayJob;
}
