import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ObjectStore } from "../support/objectStore.ts";
import { errorOf, newRig, opsOf, outputsOf, type Program, type Rig, stepOf } from "../support/rig.ts";

describe("a WorkingDir", () => {
  let store: ObjectStore;
  let rig: Rig;

  before(async () => {
    store = await ObjectStore.start();
    await store.createBucket("code");
  });
  after(() => store.dispose());

  beforeEach(async () => {
    rig = await newRig(program());
    await mkdir(join(rig.folder, "job"));
    await writeFile(join(rig.folder, "job", "train.py"), "print(1)\n");
  });
  afterEach(() => rig.dispose());

  it("uploads", async () => {
    const preview = await rig.preview();
    console.log(preview.text, outputsOf(preview, "code"));
    const up = await rig.up();
    console.log(up.text);
    console.log(await store.keys("code"));
    assert.deepEqual(opsOf(await rig.preview()), ["code same"]);
    await writeFile(join(rig.folder, "job", "train.py"), "print(2)\n");
    const p2 = await rig.preview();
    console.log(p2.text, stepOf(p2, "code").detailedDiff);
    const d = await rig.destroy();
    console.log(d.text);
    for (const key of await store.keys("code")) console.log(await store.tags("code", key));
  });

  function program(more: object = {}): Program {
    return {
      resources: {
        aws: {
          type: "pulumi:providers:rayjob",
          properties: { endpoint: store.endpoint, accessKey: "testing", secretKey: "testing", usePathStyle: true },
        },
        code: {
          type: "rayjob:WorkingDir",
          properties: { path: "job", bucket: "code", ...more },
          options: { provider: "${aws}" },
        },
      },
      outputs: { uri: "${code.uri}" },
    };
  }
});
