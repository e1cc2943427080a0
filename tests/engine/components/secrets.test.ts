import assert from "node:assert/strict";
import type { TestNamespace } from "../../support/cluster.ts";
import type { Program, Rig } from "../../support/rig.ts";
import { opsOf } from "../../support/run.ts";
import { stageForAll } from "../../support/stage.ts";
import { componentJob, componentProgram } from "../programs.ts";

describe("the secret variables of a component's job", () => {
  let namespace: TestNamespace;
  let rig: Rig;

  stageForAll("secrets", programIn, (stage) => {
    ({ namespace, rig } = stage);
  });

  it("go to the pods by a Secret: neither the preview, nor the state, nor the RayJob shows them", async () => {
    const preview = await rig.preview({ diff: true });
    assert(preview.succeeded, preview.text);
    const up = await rig.up();
    assert(up.succeeded, up.text);
    const [rayJob] = await namespace.rayJobs();
    for (const text of [preview.text, up.text, await rig.stateText(), JSON.stringify(rayJob)]) {
      assert(!text.includes("hush"), text);
    }
    assert.match(JSON.stringify(rayJob?.spec), /"secretKeyRef":\{"key":"TOKEN","name":"it-train-env-\w+"\}/);
    assert.deepEqual(await secretsOf(), [{ TOKEN: "hush-1" }]);
    assert.match(String(rayJob?.spec.runtimeEnvYAML), /^env_vars:\n {2}MODEL_DIR: \/output\n$/);
  });

  it("of another value are a new Secret, and another run", async () => {
    await rig.write(programIn(namespace.name, "hush-2"));
    const up = await rig.up();
    assert(up.succeeded, up.text);
    const ops = opsOf(up);
    assert(ops.includes("it-train-env replace") && ops.includes("it-train replace"), ops.join());
    assert.deepEqual(await secretsOf(), [{ TOKEN: "hush-2" }]);
    assert(!up.text.includes("hush"), up.text);
  });

  it("are refused on an existing cluster, where they are written", async () => {
    await rig.write(programIn(namespace.name, "hush-3", { rayClusterSpec: undefined, existingCluster: "shared" }));
    const preview = await rig.preview();
    assert(!preview.succeeded);
    assert.match(preview.text, /jobs\.train\.runtimeEnv\.envVars\.TOKEN/);
    assert(!preview.text.includes("hush"), preview.text);
  });

  function programIn(name: string, token = "hush-1", more: object = {}): Program {
    const envVars = { TOKEN: { "fn::secret": token }, MODEL_DIR: "/output" };
    return componentProgram(name, { train: componentJob({ runtimeEnv: { envVars }, waitFor: "none", ...more }) });
  }

  async function secretsOf(): Promise<object[]> {
    return (await namespace.secrets()).filter(({ TOKEN }) => TOKEN !== undefined);
  }
});
