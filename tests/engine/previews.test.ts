import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestNamespace } from "../support/cluster.ts";
import { CommandLine } from "../support/commandLine.ts";
import { ObjectStore } from "../support/objectStore.ts";
import type { Rig } from "../support/rig.ts";
import { opsOf, type Run } from "../support/run.ts";
import { stageForAll } from "../support/stage.ts";
import { changes, componentChanges } from "./previews/changes.ts";
import { programOf } from "./previews/jobs.ts";
import { shownOf } from "./previews/shown.ts";
import { failedStatus } from "./statuses.ts";

// Each change has a golden file of what people read: previews/golden/CHANGE.txt. UPDATE_GOLDEN=1 writes them anew; read them then,
// as a reviewer of a pull request would: what reads badly there is a defect of the product.

describe("the preview of", () => {
  let store: ObjectStore;
  let namespace: TestNamespace;
  let rig: Rig;
  let preview: Run;

  stageForAll(
    "previews",
    (name) => programOf(name, false),
    (stage) => {
      ({ namespace, rig } = stage);
    },
  );

  // One deployment and one preview have all the changes.
  before(async () => {
    store = await ObjectStore.start();
    await store.createBucket("code");
    const storage = { endpoint: store.endpoint, usePathStyle: "true", accessKey: "AKIDEXAMPLE", secretKey: "hush" };
    for (const [name, value] of Object.entries(storage)) await rig.stack.setConfig(`rayjob:${name}`, { value });
    await mkdir(join(rig.folder, "job"));
    await writeFile(join(rig.folder, "job", "train.py"), "print(1)\n");
    await succeeded(rig.up());
    for (const { metadata } of await namespace.rayJobs()) {
      if (metadata.name.startsWith("failed-")) await namespace.report(metadata.name, failedStatus);
    }
    await succeeded(rig.refresh());
    await rig.write(programOf(namespace.name, true));
    await writeFile(join(rig.folder, "job", "train.py"), "print(2)\n");
    preview = await succeeded(rig.preview());
  });

  after(() => store.dispose());

  for (const [change, names] of Object.entries({ ...ownJobs(), ...componentChanges })) {
    it(`the change ${change}`, async () => {
      const file = join(folder, `${change}.txt`);
      const shown = shownOf(preview, names, namespace.name);
      if (process.env.UPDATE_GOLDEN) await writeFile(file, shown);
      assert.equal(shown, await readFile(file, "utf8"));
    });
  }

  it("all of them in Markdown, as `rayjob summary` sums it up", async () => {
    const { code, stdout, stderr } = await new CommandLine(["summary"], {}, await rig.previewJson()).ended();
    assert.deepEqual([code, stderr], [0, ""]);
    assert(!/hush/.test(stdout), stdout);
    const file = join(folder, "summary.md");
    if (process.env.UPDATE_GOLDEN) await writeFile(file, stdout);
    assert.equal(stdout, await readFile(file, "utf8"));
  });

  it("nothing else has no golden file", async () => {
    const files = (await readdir(folder)).filter((name) => name.endsWith(".txt"));
    const named = [...Object.keys(changes), ...Object.keys(componentChanges)].map((change) => `${change}.txt`);
    assert.deepEqual(files.sort(), named.sort());
  });

  it("what has no effect is that nothing is done, and that of a secret does not show it", () => {
    for (const name of ["no-op", "default-written-out"]) assert(opsOf(preview).includes(`${name} same`));
    assert(!preview.text.includes("hush"), preview.text);
  });
});

const folder = join(import.meta.dirname, "previews", "golden");

function ownJobs(): Record<string, readonly string[]> {
  return Object.fromEntries(Object.keys(changes).map((name) => [name, [name]]));
}

async function succeeded(running: Promise<Run>): Promise<Run> {
  const run = await running;
  assert(run.succeeded, run.text);
  return run;
}
