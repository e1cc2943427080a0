import assert from "node:assert/strict";
import { connect } from "../../../provider/kube/connection/connect.ts";
import { create } from "../../../provider/resources/rayJob/create.ts";
import { deleteJob } from "../../../provider/resources/rayJob/deleteJob.ts";
import { ApiServer } from "../../support/apiServer.ts";
import { aJob } from "../job/aJob.ts";
import { type Surroundings, subject, surroundings } from "./surroundings.ts";

const inputs = aJob({ waitFor: "none" });
const { name } = inputs as { readonly name: string };
const impatient = { withoutOperator: 0.15, withUnreadyOperator: 0.4, idle: 0.05 };

describe("a deletion whose finalizer nobody takes away", () => {
  let server: ApiServer;
  let context: Surroundings;

  beforeEach(async () => {
    server = await ApiServer.start();
    server.finalizers = ["ray.io/rayjob-finalizer"];
    context = surroundings(server);
    await create({ ...subject(), inputs, preview: false }, context);
  });

  afterEach(async () => {
    await server.stop();
  });

  it("is given up where there is no operator", async () => {
    await assert.rejects(deleting(), /its finalizer ray\.io\/rayjob-finalizer stays: .* none is there/);
    assert(server.rayJob(name).metadata.deletionTimestamp, "the deletion itself goes on");
  });

  it("is given up where the operator that is there does not get ready", async () => {
    server.operators = [operator({ readyReplicas: 0 })];
    await assert.rejects(deleting(), /the one that is there is not ready/);
  });

  it("is given up where the operator that is there serves other namespaces", async () => {
    server.operators = [operator({ readyReplicas: 1 }, ["--watch-namespace=other"])];
    await assert.rejects(deleting(), /none is there/);
  });

  it("ends well where the operator comes back in time", async () => {
    server.operators = [operator({ readyReplicas: 0 })];
    const done = deleting();
    await lookedFor();
    server.operators = [operator({ readyReplicas: 1 })];
    await lookedFor();
    server.delete(name);
    await done;
  });

  it("is waited for, with a warning, where nobody may see the operators", async () => {
    server.operators = undefined;
    const done = deleting();
    await lookedFor();
    await lookedFor();
    server.delete(name);
    await done;
    const warnings = context.said.filter((line) => line.startsWith("warning: "));
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(String(warnings), /whether one is there is hidden.*kubectl -n ml patch rayjob/s);
  });

  it("is done where it ended while the operators were looked for", async () => {
    const reading = new RegExp(`^GET .*/rayjobs/${name}$`);
    server.next(reading, () => server.delete(name) as undefined);
    await deleting();
    assert.equal(server.count(reading), 2);
  });

  async function deleting(): Promise<void> {
    const connection = await connect({ kubeconfig: server.kubeconfig });
    await deleteJob(connection, server.rayJob(name).metadata, context, impatient);
  }

  /** Resolves when the operators are looked for the next time. */
  function lookedFor(): Promise<void> {
    return new Promise((resolve) => server.next(/^GET .*\/deployments/, () => resolve() as undefined));
  }
});

function operator(status: object, args: readonly string[] = []) {
  return {
    metadata: { name: "kuberay-operator", namespace: "ray", labels: { "app.kubernetes.io/name": "kuberay-operator" } },
    spec: { replicas: 1, template: { spec: { containers: [{ args }] } } },
    status,
  };
}
