import assert from "node:assert/strict";
import { TestNamespace } from "../../support/cluster.ts";
import { CommandLine, type Ended } from "../../support/commandLine.ts";
import { headOnly } from "./programs.ts";

// Real Ray on the real KubeRay, and no Pulumi at all.

describe("rayjob wait, for jobs that somebody has applied with kubectl", () => {
  let namespace: TestNamespace;

  before(async () => {
    namespace = await TestNamespace.create("wait-command");
  });

  after(() => namespace.dispose());

  it("gives each its own verdict, and prints what the driver prints if that is asked for", async () => {
    const good = ended("good", `python -c "print('six times seven is', 6 * 7)"`, "--logs");
    const bad = ended("bad", `python -c "data = open('/no/such/data.csv')"`, "--json");
    const { code, stdout } = await good;
    assert.deepEqual([code, stdout], [0, "six times seven is 42\n"]);
    const { stderr } = await bad;
    assert.partialDeepStrictEqual(resultOf(await bad, 1), { outcome: "failed", reason: "AppFailed" });
    assert.match(stderr, /^ {2}FileNotFoundError: .*'\/no\/such\/data\.csv'$/m);
    assert.match(stderr, /bad failed: AppFailed: the entrypoint failed\n/);
  });

  async function ended(name: string, entrypoint: string, option: string): Promise<Ended> {
    const spec = { entrypoint, rayClusterSpec: headOnly(), shutdownAfterJobFinishes: true };
    await namespace.createRayJob({ apiVersion: "ray.io/v1", kind: "RayJob", metadata: { name }, spec });
    return new CommandLine(["wait", `${namespace.name}/${name}`, option, "--timeout", "5m"]).ended();
  }
});

function resultOf({ code, stdout, stderr }: Ended, expected: number): object {
  assert.equal(code, expected, stderr);
  return JSON.parse(stdout);
}
