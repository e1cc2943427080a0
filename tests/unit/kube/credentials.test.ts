import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "../../../provider/kube/connection/connect.ts";
import type { Connection } from "../../../provider/kube/connection/connection.ts";
import type { ClusterError } from "../../../provider/kube/connection/errors.ts";

const attempt = { action: "read", subject: "RayJob/ml/train", server: "https://k8s.test", path: "/" };

describe("credentials of an exec plug-in", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "exec-plugin-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("come from one run of the plug-in for all simultaneous requests", async () => {
    const connection = await withPlugin(`echo ran >> ${folder}/runs; echo '${credential({ token: "t1" })}'`);
    const all = await Promise.all([1, 2, 3].map(() => connection.credentials(attempt)));
    assert.deepEqual(
      all.map(({ headers }) => headers.Authorization),
      ["Bearer t1", "Bearer t1", "Bearer t1"],
    );
    assert.equal(await readFile(join(folder, "runs"), "utf8"), "ran\n");
  });

  it("are asked for again once they have ended", async () => {
    const ended = credential({ token: "t1", expirationTimestamp: "2020-01-01T00:00:00Z" });
    const connection = await withPlugin(`echo ran >> ${folder}/runs; echo '${ended}'`);
    await connection.credentials(attempt);
    await connection.credentials(attempt);
    assert.equal(await readFile(join(folder, "runs"), "utf8"), "ran\nran\n");
  });

  it("are asked for again when the server has refused them, even if they have no end", async () => {
    const connection = await withPlugin(`echo ran >> ${folder}/runs; echo '${credential({ token: "t1" })}'`);
    await connection.credentials(attempt);
    await connection.renew();
    await connection.credentials(attempt);
    assert.equal(await readFile(join(folder, "runs"), "utf8"), "ran\nran\n");
  });

  it("share one pool of connections as long as they need the same TLS settings", async () => {
    const connection = await withPlugin(`echo '${credential({ token: "t1" })}'`);
    const first = await connection.credentials(attempt);
    assert.equal((await connection.credentials(attempt)).dispatcher, first.dispatcher);
  });

  it("fail with the first line of what the plug-in complains of", async () => {
    const connection = await withPlugin("echo 'Your session has expired' >&2; echo more >&2; exit 1");
    const { message } = await refusal(connection);
    assert.equal(
      message,
      `Cannot read RayJob/ml/train: cannot get credentials ("${folder}/plugin" failed: Your session has expired). ` +
        "Try it in a shell, and sign in again if it asks for that",
    );
  });

  it("fail without repeating what the plug-in printed instead of JSON, which may be a token", async () => {
    const error = await refusal(await withPlugin("echo hush-hush"));
    assert.match(error.message, /did not give valid JSON/);
    assert.doesNotMatch(`${error.stack}${error.cause}`, /hush/);
  });

  it("fail by name when the plug-in is not installed", async () => {
    const { kind, message } = await refusal(await withPlugin("", "no-such-plugin"));
    assert.equal(kind, "unauthorized");
    assert.equal(
      message,
      'Cannot read RayJob/ml/train: cannot get credentials ("no-such-plugin" is not installed). Install it, or correct the kubeconfig',
    );
  });

  it("are not waited for once the caller has given up", async () => {
    const connection = await withPlugin("exec sleep 5");
    const reason = new Error("given up");
    await assert.rejects(connection.credentials(attempt, AbortSignal.abort(reason)), /given up/);
  });

  async function withPlugin(script: string, command = join(folder, "plugin")): Promise<Connection> {
    await writeFile(join(folder, "plugin"), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, "plugin"), 0o755);
    return await connect({ kubeconfig: execKubeconfig(command) });
  }
});

function execKubeconfig(command: string): string {
  return JSON.stringify({
    clusters: [{ name: "c", cluster: { server: "https://k8s.test" } }],
    users: [{ name: "u", user: { exec: { apiVersion: "client.authentication.k8s.io/v1", command } } }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  });
}

function credential(status: object): string {
  return JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status });
}

async function refusal(connection: Connection): Promise<ClusterError> {
  return await connection.credentials(attempt).then(
    () => assert.fail("should have failed"),
    (error: ClusterError) => error,
  );
}
