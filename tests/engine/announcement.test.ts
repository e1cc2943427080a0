import assert from "node:assert/strict";
import type { TestNamespace } from "../support/cluster.ts";
import type { Rig } from "../support/rig.ts";
import { opsOf, type Run } from "../support/run.ts";
import { stageForEach } from "../support/stage.ts";
import { jobProgram } from "./programs.ts";
import { failedStatus, runningStatus, succeededStatus } from "./statuses.ts";

describe("a preview says in words", () => {
  let namespace: TestNamespace;
  let rig: Rig;
  let name: string;

  stageForEach("announcement", programIn, (stage) => {
    ({ namespace, rig } = stage);
  });

  beforeEach(async () => {
    assert((await rig.up()).succeeded);
    name = (await namespace.until(() => true)).metadata.name;
  });

  it("which arguments run a job again: once, in the events, in the log of a pull request, and on the row", async () => {
    await rig.write(programIn(namespace.name, { entrypoint: "python b.py", runtimeEnv: { pip: ["b"] } }));
    const preview = await rig.preview({ diff: false });
    const sentence = 'train runs again: "entrypoint" and "runtimeEnv.pip[0]" change';
    assert.deepEqual(sentencesOf(preview), [sentence]);
    assert.match(preview.text, /train create replacement \[diff: .*\]; train runs again: "entrypoint" and/);
    assert(preview.text.split("Diagnostics:")[1]?.includes(sentence), preview.text);
  });

  it("that a failed job runs again, and why", async () => {
    await namespace.report(name, failedStatus);
    await rig.refresh();
    assert.deepEqual(sentencesOf(await rig.preview()), ["train runs again: it failed (AppFailed)"]);
  });

  it("that a failed job stays so, and what would run it again; so does the deployment", async () => {
    const stays = '"rerunFailed" is false. A change of what it computes with, or of "rerunToken", runs it again';
    await namespace.report(name, failedStatus);
    await rig.refresh();
    await rig.write(programIn(namespace.name, { rerunFailed: false }));
    assert.deepEqual(sentencesOf(await rig.preview()), [`train stays failed (AppFailed): ${stays}`]);
    const { uid } = (await namespace.rayJob(name)).metadata;
    const run = await rig.up();
    assert(!run.succeeded);
    assert(run.text.includes(`It stays failed: ${stays}`), run.text);
    assert.equal((await namespace.rayJob(name)).metadata.uid, uid);
    await rig.write(programIn(namespace.name, { rerunFailed: false, rerunToken: "again" }));
    assert.deepEqual(sentencesOf(await rig.preview()), ['train runs again: "rerunToken" changes']);
  });

  it("that a job is run again which was deleted while a deployment waited for it", async () => {
    await namespace.report(name, runningStatus);
    await rig.write(programIn(namespace.name, { waitFor: "complete" }));
    const up = rig.up();
    await namespace.until(() => true);
    await namespace.delete(name);
    assert(!(await up).succeeded);
    const because = "it was deleted while a deployment waited for it";
    assert.deepEqual(sentencesOf(await rig.preview()), [`train runs again: ${because}`]);
  });

  it("that an update does not run it again", async () => {
    await rig.write(programIn(namespace.name, { backoffLimit: 2 }));
    const preview = await rig.preview();
    assert.deepEqual(sentencesOf(preview), ['train is updated in place, without another run: "backoffLimit" changes']);
    assert.deepEqual(opsOf(preview), ["train update"]);
  });

  it("nothing where nothing is to be done, and nothing of a new job", async () => {
    await namespace.report(name, succeededStatus);
    assert.deepEqual(sentencesOf(await rig.preview()), []);
    const another = programIn(namespace.name).resources.train;
    await rig.write({ resources: { ...programIn(namespace.name).resources, another } });
    assert.deepEqual(sentencesOf(await rig.preview()), []);
  });

  it("that Pulumi replaces the job of its own accord, where an option says so", async () => {
    await rig.write(jobProgram(namespace.name, { ...quiet, labels: { a: "b" } }, { replaceOnChanges: ["labels"] }));
    const preview = await rig.preview();
    assert.deepEqual(sentencesOf(preview), [
      "train runs again: Pulumi replaces the resource, though no argument asks for that",
    ]);
  });

  it("nothing wrong about a job that is replaced by a deployment's option", async () => {
    const urn = (await rig.state()).get("train")?.urn ?? "";
    const preview = await rig.preview({ replace: [urn] });
    assert(opsOf(preview).includes("train replace"), preview.text);
    assert.deepEqual(sentencesOf(preview), []);
  });

  it("names of arguments, and never their values", async () => {
    await rig.write(programIn(namespace.name, { runtimeEnv: { envVars: { MODE: "quite-unusual" } } }));
    assert(
      !sentencesOf(await rig.preview())
        .join()
        .includes("quite-unusual"),
    );
  });

  function sentencesOf({ diagnostics }: Run): string[] {
    return diagnostics.filter((each) => each.name === "train").map(({ message }) => message);
  }
});

const quiet = { waitFor: "none", runtimeEnv: { pip: ["a"] } };

function programIn(namespace: string, more: object = {}) {
  return jobProgram(namespace, { ...quiet, ...more });
}
