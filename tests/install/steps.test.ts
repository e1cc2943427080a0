import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import { carried } from "../../release/manifest.ts";
import { requiredPackages } from "../sandbox/languages/nodejs/requiredPackages.ts";
import { install, PluginProcess } from "./pluginProcess.ts";
import { git, Repository } from "./repository.ts";

const nodes = (process.env.SANDBOX_NODES ?? "").split(":");
const project = resolve(import.meta.dirname, "../..");
const structOf = (values: Record<string, structProto.JavaScriptValue>) => structProto.Struct.fromJavaScript(values);

describe("the commands by which Pulumi installs and starts the plug-in", () => {
  let repository: Repository;

  before(async () => {
    repository = await Repository.withRelease();
  });

  after(() => repository.dispose());

  for (const node of nodes) {
    it(`make one that answers of a release, without its install scripts, on Node ${versionOf(node)}`, async () => {
      const plugin = await repository.clone("release");
      install(plugin, node, { npm_config_ignore_scripts: "true" });
      await answers(plugin, node);
      assert.deepEqual(await requiredPackages(plugin), []);
      // What is loaded late, too, finds all that it imports.
      const parts = (await readdir(join(plugin, "bin"))).filter((file) => !/^(index|rayjob|worker)\./.test(file));
      for (const part of parts) await import(join(plugin, "bin", part));
      await answersAsThread(join(plugin, "bin", "worker.js"));
      const megabytes = Number.parseInt(execFileSync("du", ["-sm", plugin], { encoding: "utf8" }), 10);
      assert(megabytes < 110, `${megabytes} MB`);
    });
  }

  // On the other one packageAdd.test.ts builds it.
  for (const node of nodes.slice(-1)) {
    it(`make one that answers of the sources, on Node ${versionOf(node)}`, async () => {
      const plugin = await repository.clone("main");
      install(plugin, node);
      await answers(plugin, node);
      const names = (await requiredPackages(plugin)).map(({ name }) => name);
      assert.deepEqual(names, ["aws", "kubernetes"]);
    });
  }

  it("find no lock file in a release but npm's, no tests and no sources", async () => {
    const release = await repository.clone("release");
    const files = git("-C", release, "ls-files").trim().split("\n");
    assert.deepEqual(
      files.filter((file) => /lock/.test(file)),
      ["package-lock.json"],
    );
    assert.match(await readFile(join(release, "THIRD-PARTY-LICENSES.txt"), "utf8"), /^undici [\d.]+ \(MIT\)$/m);
    assert.deepEqual(
      files.filter((file) => /^tests\/|^release\/|\.test\.|\.sh$|^(bin|provider)\/.*\.(ts|map)$/.test(file)),
      [],
    );
  });

  it("find an empty package in the place of each that the SDK loads in vain, and no other copy of it", async () => {
    const release = await repository.clone("release");
    const { packages } = JSON.parse(await readFile(join(release, "package-lock.json"), "utf8"));
    for (const name of carried.placeholders) {
      const copies = Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`));
      assert.deepEqual(copies, [`node_modules/${name}`], "the version of the placeholder is one that the SDK asks for");
      assert.equal(packages[`node_modules/${name}`].resolved, `placeholders/${name}`);
    }
  });

  it("are not needed for the command line, which comes with npm alone, and without Pulumi", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rayjob-npm-"));
    try {
      const options = ["--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
      execFileSync("npm", ["install", ...options, repository.npmPackage], { stdio: ["ignore", "ignore", "inherit"] });
      const rayjob = (args: readonly string[], input = "") =>
        execFileSync(join(folder, "node_modules/.bin/rayjob"), args, { input, encoding: "utf8" });
      assert.equal(rayjob(["--version"]).trim(), repository.version);
      const arguments_ =
        "entrypoint: python train.py\nimage: rayproject/ray:2.52.0\nworkers: { all: { cpu: 1, memory: 4Gi } }\n";
      const manifest = rayjob(["render", "-", "--namespace", "ml"], arguments_);
      const { rayJobs, findings } = JSON.parse(rayjob(["validate", "--json", "-"], manifest));
      assert.deepEqual({ rayJobs, findings }, { rayJobs: 1, findings: [] });
      assert.match(rayjob(["package", join(project, "examples/quickstart/train-job")]), /^[0-9a-f]{64} {2}\d+ file/);
      const tree = JSON.parse(execFileSync("npm", ["ls", "--all", "--json", "--prefix", folder], { encoding: "utf8" }));
      assert.deepEqual(Object.keys(tree.dependencies.rayjob.dependencies), ["yaml"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  /** The plug-in's first calls, in the order in which the engine makes them. */
  async function answers(folder: string, node: string): Promise<void> {
    const userFolder = await mkdtemp(join(tmpdir(), "rayjob-user-"));
    const plugin = await PluginProcess.start(folder, node, userFolder);
    try {
      assert.equal(
        git("-C", folder, "status", "--porcelain", "--untracked-files=no"),
        "",
        "nothing that is committed has changed",
      );
      const info = await plugin.call<{ getVersion(): string }>("getPluginInfo", new emptyProto.Empty());
      assert.equal(info.getVersion(), repository.version);
      const schema = await plugin.call<proto.GetSchemaResponse>("getSchema", new proto.GetSchemaRequest());
      assert.equal(schema.getSchema(), await readFile(join(folder, "provider/schema/schema.json"), "utf8"));
      const configured = new proto.ConfigureRequest().setArgs(structOf({ namespace: "ml" }));
      assert((await plugin.call<proto.ConfigureResponse>("configure", configured)).getSupportspreview());
      const job = structOf({ entrypoint: "python train.py", image: "rayproject/ray:2.52.0", backoffLimit: -1 });
      const urn = "urn:pulumi:test::rig::rayjob:index:RayJob::train";
      const checked = await plugin.call<proto.CheckResponse>(
        "check",
        new proto.CheckRequest().setUrn(urn).setNews(job),
      );
      assert.deepEqual(
        checked.getFailuresList().map((failure) => failure.getProperty()),
        ["backoffLimit"],
      );
    } finally {
      await plugin.dispose();
      await rm(userFolder, { recursive: true });
    }
  }
});

function versionOf(node: string): string {
  return execFileSync(join(node, "node"), ["--version"], { encoding: "utf8" }).trim();
}

/** Packaging goes on without threads that do not start, so that nobody would notice. */
async function answersAsThread(file: string): Promise<void> {
  const thread = new Worker(file);
  thread.postMessage({ id: 1, work: { kind: "digests", given: [file] } });
  const [{ made }] = await once(thread, "message");
  assert.equal(made.length, 1);
  await thread.terminate();
}
