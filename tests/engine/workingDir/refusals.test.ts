import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorOf } from "../../support/run.ts";
import type { Answer } from "../../support/s3StandIn.ts";
import { type CodeStage, codeStageForEach, denied, failed, succeeded } from "./codeStage.ts";

describe("a WorkingDir that cannot be packaged or stored", () => {
  let stage: CodeStage;

  codeStageForEach((raised) => {
    stage = raised;
  });

  it("for want of the directory: the absolute path, in the preview", async () => {
    await stage.rig.write(stage.program({ path: "nowhere" }));
    const run = await stage.rig.preview();
    assert(!run.succeeded);
    const location = join(stage.rig.folder, "nowhere");
    assert(errorOf(run, "code").includes(`Cannot package "${location}": there is no such directory`), run.text);
  });

  it("for want of files: how many are ignored, in the preview", async () => {
    await stage.rig.write(stage.program({ excludes: ["*.py"] }));
    const run = await stage.rig.preview();
    assert(!run.succeeded);
    assert.match(errorOf(run, "code"), /all that is in it is ignored \(2 files and directories\)/);
  });

  it("since nothing answers: one error with the address, nothing in the state, and the next up works", async () => {
    await stage.rig.write(stage.program({}, "http://127.0.0.1:1"));
    const run = await stage.rig.up();
    assert(!run.succeeded);
    assert.match(errorOf(run, "code"), /cannot reach http:\/\/127\.0\.0\.1:1 \(connection refused, ECONNREFUSED\)/);
    assert.equal((await stage.rig.state()).has("code"), false);
    await stage.rig.write(stage.program());
    await succeeded(stage.rig.up());
  });

  it("since it is denied: the permission and the bucket, and no key", async () => {
    await stage.through(({ what }) => (what.startsWith("PUT") ? denied : undefined));
    const run = await stage.rig.up();
    assert(!run.succeeded);
    const error = errorOf(run, "code");
    assert.match(error, /access denied \(AccessDenied, 403\)\. Allow s3:PutObject on the bucket "code-\w+"/);
    assert.equal(run.text.includes("hush"), false);
    assert.equal((await stage.rig.state()).has("code"), false);
  });

  it("for want of the bucket", async () => {
    await stage.rig.write(stage.program({ bucket: "nobodys-bucket" }));
    const run = await stage.rig.up();
    assert(!run.succeeded);
    assert.match(errorOf(run, "code"), /there is no bucket "nobodys-bucket" on http:.*Create it, or correct `bucket`/);
  });

  it("since a file of it cannot be read: which, and why, in the preview", async () => {
    // Permissions alone would not keep root out: the memory of the first process does.
    const location = join(stage.rig.folder, "job", "weights.bin");
    await writeFile(location, "");
    execFileSync("mount", ["--bind", "/proc/1/mem", location]);
    try {
      const run = await failed(stage.rig.preview());
      const reason = new RegExp(
        `Cannot read "${location}": (permission denied|input/output error)\\. Make it readable, or name`,
      );
      assert.match(errorOf(run, "code"), reason);
    } finally {
      execFileSync("umount", [location]);
    }
    await rm(location);
    await succeeded(stage.rig.up());
  });

  const answers: { readonly answer: Answer; readonly says: RegExp }[] = [
    { answer: { status: 400, code: "ExpiredToken" }, says: /the AWS credentials have expired/ },
    { answer: { status: 403, code: "InvalidAccessKeyId" }, says: /InvalidAccessKeyId/ },
    { answer: { status: 301, code: "PermanentRedirect" }, says: /region/ },
    { answer: { status: 503, code: "SlowDown" }, says: /overloaded or failing \(SlowDown, 503\)/ },
  ];

  for (const { answer, says } of answers) {
    it(`since the answer is ${answer.code}: one error, nothing in the state, and the next up works`, async () => {
      await stage.through(() => answer);
      const run = await failed(stage.rig.up());
      assert.match(errorOf(run, "code"), says);
      assert.equal(run.text.includes("hush"), false);
      assert.equal((await stage.rig.state()).has("code"), false);
      assert.deepEqual(await stage.store.keys(stage.bucket), []);
      await stage.rig.write(stage.program());
      await succeeded(stage.rig.up());
    });
  }
});
