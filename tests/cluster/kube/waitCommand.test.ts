import assert from "node:assert/strict";
import { runningStatus, succeededStatus } from "../../engine/statuses.ts";
import { CommandLine } from "../../support/commandLine.ts";
import { aRayJob, setStatus, type World, world } from "./world.ts";

describe("rayjob wait, of which the connection is lost", () => {
  let at: World;

  beforeEach(async () => {
    at = await world();
  });

  afterEach(() => at.end());

  it("says so, and gives the verdict on what happened meanwhile when it is there again", async () => {
    const rayJob = await aRayJob(at, "train");
    const command = new CommandLine(["wait", `${at.namespace}/train`, "--kubeconfig", at.proxy.kubeconfig]);
    await command.says(/waiting for the KubeRay operator$/m);
    await setStatus(at, rayJob, runningStatus);
    await command.says(/running$/m);
    await at.proxy.stop();
    await command.says(/connection lost \(Cannot (watch|list) RayJob\/\S+: .*\), watching again$/m);
    await setStatus(at, rayJob, succeededStatus);
    await at.proxy.start();
    const { code, stderr } = await command.ended();
    assert.equal(code, 0, stderr);
    assert.match(stderr, /succeeded\n$/);
  });

  it("needs one read, one list and one watch if it is not", async () => {
    const rayJob = await aRayJob(at, "train");
    const command = new CommandLine(["wait", `${at.namespace}/train`, "--kubeconfig", at.proxy.kubeconfig]);
    await command.says(/waiting/);
    await setStatus(at, rayJob, succeededStatus);
    assert.equal((await command.ended()).code, 0);
    const asked = at.proxy.requests.filter((request) => request.includes("/rayjobs"));
    assert.deepEqual(
      asked.map((request) => request.replace(/^GET \S*\/namespaces\/[^/]+\//, "").replace(/=.*/, "=")),
      ["rayjobs/train", "rayjobs?limit=", "rayjobs?watch="],
    );
  });
});
