import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { usualLimits } from "../../provider/job/deletion.ts";
import type { RayJob } from "../../provider/job/rayJob.ts";
import { connect } from "../../provider/kube/connection/connect.ts";
import { deleteRayJob } from "../../provider/kube/rayJobs/deleteRayJob.ts";
import { readRayJob } from "../../provider/kube/rayJobs/readRayJob.ts";
import { Crds } from "../support/crds.ts";
import { EmptyApiServer } from "../support/emptyApiServer.ts";

const shortLimits = { ...usualLimits, withoutOperator: 0.6, idle: 0.1 };

describe("on a cluster that has lost its operator", () => {
  let server: EmptyApiServer;

  before(async () => {
    server = await EmptyApiServer.start();
    await new Crds(server).create("1.6.2", "kubectl");
  });

  after(() => server.dispose());

  it("a deletion is given up with an error whose command ends it", async () => {
    const metadata = { name: "train", finalizers: ["ray.io/rayjob-finalizer"] };
    const body = { apiVersion: "ray.io/v1", kind: "RayJob", metadata, spec: { entrypoint: "sleep 1" } };
    const rayJob = await server.send<RayJob>("POST", "/apis/ray.io/v1/namespaces/default/rayjobs", body);
    const connection = await connect({ kubeconfig: server.kubeconfig });
    const { signal } = new AbortController();
    const error = await deleteRayJob(connection, rayJob.metadata, { signal, limits: shortLimits }).then(
      () => assert.fail("should have failed"),
      ({ message }: Error) => message,
    );
    assert.match(error, /^RayJob\/default\/train is being deleted, but its finalizer .* none is there/);
    const [, command = ""] = /^ {2}(kubectl .* patch .*)$/m.exec(error) ?? [];
    execFileSync("sh", ["-c", command], { env: { ...process.env, KUBECONFIG: server.kubeconfig } });
    assert.equal(await readRayJob(connection, "default", "train"), undefined);
  });
});
