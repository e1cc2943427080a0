import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { packageSpec } from "../packageSpec.ts";

const script = resolve(import.meta.dirname, "../../../../provider/schema/compatibility/compare.ts");
const job = packageSpec.resources["rayjob:index:RayJob"];

describe("the comparison with the last release", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "rayjob-released-"));
  });

  after(() => rm(folder, { recursive: true }));

  it("says nothing of the same schema, and nothing before the first release", async () => {
    assert.deepEqual(await compared({}), { status: 0, stderr: "" });
    const { status, stderr } = run(join(folder, "not-there.json"));
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  });

  it("fails where a program cannot go on, and names where and why", async () => {
    const { status, stderr } = await compared({ "rayjob:index:RayJob": withInput("fortune") });
    assert.equal(status, 1);
    assert.match(stderr, /^breaking since \d+\.\d+\.\d+: RayJob takes fortune: it is gone$/m);
    assert.match(stderr, /^Take it back, or raise the version in package\.json/m);
  });

  it("only tells of it where the version says so, too", async () => {
    const { status, stderr } = await compared({ "rayjob:index:RayJob": withInput("fortune") }, "0.0.1");
    assert.equal(status, 0);
    assert.match(stderr, /^breaking since 0\.0\.1: RayJob takes fortune: it is gone\n$/);
  });

  async function compared(resources: object, version?: string): Promise<{ status: number | null; stderr: string }> {
    const file = join(folder, "released.json");
    const released = { ...packageSpec, resources: { ...packageSpec.resources, ...resources } };
    await writeFile(file, JSON.stringify(version === undefined ? released : { ...released, version }));
    const { status, stderr } = run(file);
    return { status, stderr };
  }
});

function withInput(name: string) {
  return { ...job, inputProperties: { ...job?.inputProperties, [name]: { type: "string" } } };
}

function run(file: string) {
  return spawnSync(process.execPath, [script, file], { encoding: "utf8" });
}
