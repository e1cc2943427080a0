import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { TestAws } from "../support/aws.ts";
import { newRig, type Rig } from "../support/rig.ts";
import { changesOf, type Run } from "../support/run.ts";
import { recordingOf } from "./upgrade/recording.ts";

// What is recorded there is gone from the cluster and from the buckets. To record a commit: see upgrade/record.ts.

// A bucket's guards have become stricter since: the reader reads its prefix alone, and versions that are not current expire.
const guards = ["BucketLifecycleConfiguration packages-lifecycle update", "RolePolicy packages-reader update"];
// A cleanup notes which provider the jobs have had.
const cleanup = "RayJobCleanup platform update";
const recordings = {
  "716d202": { meantToChange: [...guards, cleanup, "RayJobCleanup cleanup update"], jobsAndCode: 12 },
  ddcd78f: { meantToChange: [cleanup], jobsAndCode: 8 },
};

for (const [commit, { meantToChange, jobsAndCode }] of Object.entries(recordings)) {
  describe(`the state that commit ${commit} has left`, () => {
    let aws: TestAws;
    let rig: Rig;
    let preview: Run;

    before(async () => {
      const { folder, program } = await recordingOf(commit);
      aws = await TestAws.start();
      rig = await newRig(program, aws.environment());
      await cp(join(folder, "job"), join(rig.folder, "job"), { recursive: true });
      await rig.stack.importStack(JSON.parse(await readFile(join(folder, "state.json"), "utf8")));
      preview = await rig.preview();
    });

    after(async () => {
      await rig.dispose();
      await aws.dispose();
    });

    it("is what this version makes of the same program: no job runs again, nothing is replaced, made or deleted", () => {
      assert(preview.succeeded, preview.text);
      assert.deepEqual(changesOf(preview).sort(), meantToChange.toSorted(), preview.text);
    });

    it("is nothing that a job or its code has to talk about", () => {
      const ours = preview.steps.filter(({ type }) => /^rayjob:index:(RayJob|WorkingDir)$/.test(type));
      assert.equal(ours.length, jobsAndCode);
      const names = ours.map(({ name }) => name);
      assert.deepEqual(
        preview.diagnostics.filter(({ name }) => names.includes(name)),
        [],
      );
    });
  });
}
