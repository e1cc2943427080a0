import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { claimWith } from "../../support/claim.ts";
import { TestNamespace } from "../../support/cluster.ts";
import { rigOf } from "../../support/examples.ts";
import type { Rig } from "../../support/rig.ts";
import { changesOf, type Run } from "../../support/run.ts";
import { until } from "../../support/until.ts";
import { headOnly, typed } from "./programs.ts";

// What takes the time is that Ray starts: for the example with a cluster of its own and for the others' at once.

type Example = "existing-cluster" | "staging" | "fan-out";

describe("an example, run by real Ray", () => {
  let namespace: TestNamespace;
  let rigs: Readonly<Record<Example, Rig>>;
  let runs: Readonly<Record<Example, Run>>;

  before(async () => {
    namespace = await TestNamespace.create("examples");
    const cluster = { apiVersion: "ray.io/v1", kind: "RayCluster", metadata: { name: "shared" }, spec: headOnly() };
    kubectl(["apply", "-f", "-"], JSON.stringify(cluster));
    claimWith(namespace.name, "datasets", {
      "words/a.gz": gzipSync("three of them\n"),
      "words/b.gz": gzipSync("and two\n"),
    });
    claimWith(namespace.name, "results", { "earlier.txt": "7\n" });
    const shared = { namespace: namespace.name, cluster: "shared" };
    const data = { namespace: namespace.name, data: "pvc://datasets/words", results: "results" };
    rigs = {
      "existing-cluster": await rigOf("existing-cluster", shared),
      staging: await rigOf("staging", data),
      "fan-out": await rigOf("fan-out", { ...shared, folder: "/tmp/fan-out" }),
    };
    const [staging] = await Promise.all([rigs.staging.up(), untilReady()]);
    runs = { staging, "existing-cluster": await rigs["existing-cluster"].up(), "fan-out": await rigs["fan-out"].up() };
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed") console.error(await namespace.describe());
  });

  after(async () => {
    for (const rig of Object.values(rigs)) {
      await rig.destroy();
      await rig.dispose();
    }
    kubectl(["delete", "raycluster", "shared", "--ignore-not-found"]);
    await namespace.dispose();
  });

  const printed: readonly (readonly [example: Example, line: RegExp])[] = [
    ["existing-cluster", /^this cluster has 1 CPUs$/m],
    ["staging", /^5$/m],
    ["fan-out", /^the sum is 42$/m],
  ];
  for (const [example, line] of printed) {
    it(`${example} succeeds, and prints what it has found`, async () => {
      assert(runs[example].succeeded, runs[example].text);
      const { status, logs } = await rigs[example].values();
      assert.equal(status, "SUCCEEDED");
      assert.match(typed(logs), line);
    });

    it(`${example} finds nothing to do afterwards`, async () => {
      const preview = await rigs[example].preview();
      assert.deepEqual(changesOf(preview), [], preview.text);
    });
  }

  it("fan-out begins its join when both parts have ended, and runs it again with one of them", async () => {
    const rig = rigs["fan-out"];
    const state = await rig.state();
    const timeOf = (job: string, time: "startTime" | "endTime") => Date.parse(String(state.get(job)?.outputs?.[time]));
    for (const part of ["north", "south"]) assert(timeOf(part, "endTime") <= timeOf("join", "startTime"), part);
    assert(timeOf("north", "startTime") <= timeOf("south", "endTime"));
    assert(timeOf("south", "startTime") <= timeOf("north", "endTime"));
    const urn = state.get("north")?.urn ?? "";
    const preview = await rig.preview({ replace: [urn] });
    const replaced = changesOf(preview).filter((change) => change.endsWith(" replace"));
    assert.deepEqual(replaced.sort(), ["RayJob join replace", "RayJob north replace"], preview.text);
  });

  async function untilReady(): Promise<void> {
    await until("the shared cluster", async () => {
      const [head] = await namespace.pods("ray.io/cluster=shared");
      return head?.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;
    });
  }

  function kubectl(args: readonly string[], input = ""): void {
    execFileSync("kubectl", ["-n", namespace.name, ...args], { input, stdio: ["pipe", "ignore", "inherit"] });
  }
});
