import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
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
    assert.equal(kind, "configuration");
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

  describe("that hangs", () => {
    const hang = 'echo $$ > "$0.pid"; sleep 15; true';

    beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));

    afterEach(() => mock.timers.reset());

    it("fail after half a minute, by the name of the plug-in, for all that wait for them", async () => {
      const connection = await withPlugin(hang);
      const refusals = [refusal(connection), refusal(connection)];
      await started();
      mock.timers.tick(29_999);
      assert.equal(
        await Promise.race([refusals[0], new Promise((resolve) => setImmediate(resolve, "waits"))]),
        "waits",
      );
      mock.timers.tick(1);
      for (const { kind, message } of await Promise.all(refusals)) {
        assert.equal(kind, "unauthorized");
        assert.equal(
          message,
          `Cannot read RayJob/ml/train: cannot get credentials ("${folder}/plugin" did not finish within 30 s). ` +
            "Try it in a shell, and sign in again if it asks for that",
        );
      }
    });

    it("end the process of the plug-in", async () => {
      const connection = await withPlugin(hang);
      const pid = await hung(connection);
      await eventually(async () => !isRunning(pid));
    });

    it("are asked for again by the next request", async () => {
      const connection = await withPlugin(hang);
      await hung(connection);
      await writePlugin(`echo '${credential({ token: "t2" })}'`);
      assert.equal((await connection.credentials(attempt)).headers.Authorization, "Bearer t2");
    });

    it("are asked for as the kubeconfig says by then", async () => {
      await writePlugin(hang);
      const path = join(folder, "kubeconfig");
      await writeFile(path, execKubeconfig(join(folder, "plugin")));
      const connection = await connect({ kubeconfig: path });
      await hung(connection);
      await writeFile(path, kubeconfigOf({ token: "t3" }));
      assert.equal((await connection.credentials(attempt)).headers.Authorization, "Bearer t3");
    });

    /** Asks in vain, and gives the plug-in's process. */
    async function hung(connection: Connection): Promise<number> {
      const refused = refusal(connection);
      const pid = await started();
      mock.timers.tick(30_000);
      await refused;
      return pid;
    }

    async function started(): Promise<number> {
      const path = join(folder, "plugin.pid");
      return Number(await eventually(() => readFile(path, "utf8").catch(() => "")));
    }
  });

  async function withPlugin(script: string, command = join(folder, "plugin")): Promise<Connection> {
    await writePlugin(script);
    return await connect({ kubeconfig: execKubeconfig(command) });
  }

  async function writePlugin(script: string): Promise<void> {
    await writeFile(join(folder, "plugin"), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, "plugin"), 0o755);
  }
});

function execKubeconfig(command: string): string {
  return kubeconfigOf({ exec: { apiVersion: "client.authentication.k8s.io/v1", command } });
}

function kubeconfigOf(user: object): string {
  return JSON.stringify({
    clusters: [{ name: "c", cluster: { server: "https://k8s.test" } }],
    users: [{ name: "u", user }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  });
}

function credential(status: object): string {
  return JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** What `look` gives, as soon as it is something; looks again and again, though the clock stands still. */
async function eventually<Found>(look: () => Promise<Found>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function refusal(connection: Connection): Promise<ClusterError> {
  return await connection.credentials(attempt).then(
    () => assert.fail("should have failed"),
    (error: ClusterError) => error,
  );
}
