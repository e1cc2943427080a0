import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RayJob, RayJobStatus } from "../../provider/job/rayJob.ts";
import type { TestNamespace } from "../support/cluster.ts";
import { Crds } from "../support/crds.ts";
import { EmptyApiServer } from "../support/emptyApiServer.ts";
import { newRig, type Rig } from "../support/rig.ts";
import { Rows } from "../support/rows.ts";
import { stageForEach } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { jobProgram, jobProperties } from "./programs.ts";
import { runningStatus, succeededStatus } from "./statuses.ts";

describe("a wait", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach("wait", jobProgram, (stage) => {
    ({ namespace, rig } = stage);
  });

  it("is over as soon as the job is where `waitFor` says, for each of its values", async () => {
    const values = ["none", "ready", "running", "complete"];
    const resources = values.map((waitFor) => [
      waitFor,
      { type: "rayjob:RayJob", properties: jobProperties(namespace.name, { name: waitFor, waitFor }) },
    ]);
    await rig.write({ resources: Object.fromEntries(resources) });
    const rows = new Rows();
    const up = rig.up({ rows, parallel: 8 });
    await ended("none");
    await until("the jobs", async () => (await namespace.rayJobs()).length === values.length);
    await all({ ...runningStatus, jobStatus: "" });
    await ended("none", "ready");
    await all(runningStatus);
    await ended("none", "ready", "running");
    await all(succeededStatus);
    const run = await up;
    assert(run.succeeded, run.text);

    async function all(status: RayJobStatus): Promise<void> {
      for (const name of values) await namespace.report(name, status);
    }

    async function ended(...expected: string[]): Promise<void> {
      await until(`the end of ${expected}`, async () => expected.every((name) => rows.ended.has(name)));
      assert.deepEqual(
        values.filter((name) => rows.ended.has(name)),
        expected,
      );
    }
  });
});

describe("a wait while the API server is restarted", () => {
  const path = "/apis/ray.io/v1/namespaces/default/rayjobs";
  let server: EmptyApiServer;
  let folder: string;

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(join(tmpdir(), "rayjob-wait-"));
    server = await EmptyApiServer.start();
    await new Crds(server).create("1.6.2", "test");
  });

  after(async () => {
    await server.dispose();
    await rm(folder, { recursive: true });
  });

  it("goes on, with new credentials from an exec plug-in whose token has ended, and misses nothing", async () => {
    const rig = await newRig({ config: { "rayjob:kubeconfig": await execKubeconfig() }, ...jobProgram("default") });
    try {
      const rows = new Rows();
      const up = rig.up({ rows });
      const { metadata } = await until("the job", async () => (await rayJobs())[0]);
      await report(metadata.name, runningStatus);
      await rows.show(/^running, /);
      const before = await tokens();
      await server.restart(() => rows.show(/^connection lost /));
      await report(metadata.name, succeededStatus);
      const run = await up;
      assert(run.succeeded, run.text);
      assert((await tokens()) > before);
      assert.equal((await rig.state()).get("train")?.outputs?.uid, metadata.uid);
      assert.equal((await rayJobs()).length, 1);
    } finally {
      await rig.dispose();
    }
  });

  async function rayJobs(): Promise<readonly RayJob[]> {
    return (await server.send<{ readonly items: readonly RayJob[] }>("GET", path)).items;
  }

  async function report(name: string, status: RayJobStatus): Promise<void> {
    const contentType = "application/merge-patch+json";
    await server.send("PATCH", `${path}/${name}/status`, { status }, { contentType });
  }

  /** How often the exec plug-in was asked for a token. */
  async function tokens(): Promise<number> {
    return (await readFile(join(folder, "asked"), "utf8")).length;
  }

  /** The server's kubeconfig, but with the token from an exec plug-in that gives it for no longer than it takes. */
  async function execKubeconfig(): Promise<string> {
    const config = JSON.parse(await readFile(server.kubeconfig, "utf8"));
    const { token } = config.users[0].user;
    const status = { token, expirationTimestamp: "2020-01-01T00:00:00Z" };
    const credential = { apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status };
    const command = join(folder, "plugin");
    await writeFile(command, `#!/bin/sh\nprintf . >> '${folder}/asked'\necho '${JSON.stringify(credential)}'\n`);
    await chmod(command, 0o755);
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command, interactiveMode: "Never" };
    return JSON.stringify({ ...config, users: [{ name: "user", user: { exec } }] });
  }
});
