import assert from "node:assert/strict";
import { check } from "../../../provider/resources/rayJob/check.ts";
import { diff } from "../../../provider/resources/rayJob/diff.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";
import { aJob } from "../job/aJob.ts";
import { subject } from "./surroundings.ts";

describe("a check", () => {
  const { name: _, namespace: __, ...newInputs } = aJob();

  it("takes the namespace of the provider where the job names none", async () => {
    assert.equal((await checked(newInputs)).inputs.namespace, "secret-team");
    assert.equal((await checked({ ...newInputs, namespace: "ml" })).inputs.namespace, "ml");
  });

  it("refuses the provider's namespace where it is secret: it would be readable in the RayJob", async () => {
    const { failures } = await checked(newInputs, [["namespace"], ["kubeconfig"]]);
    assert.deepEqual(failures, [
      {
        path: ["namespace"],
        reason:
          'Cannot keep "namespace" secret: it would be readable in the RayJob. Hint: Set it without the mark of a secret, ' +
          "in the program or in the provider's configuration (RJ801)",
      },
    ]);
    assert.deepEqual((await checked({ ...newInputs, namespace: "ml" }, [["namespace"]])).failures, []);
  });

  it("keeps a name that was said once, and says no more, until the job is run again", async () => {
    const named = { ...newInputs, name: "mine" };
    const oldInputs = (await checked(named)).inputs;
    assert.equal((await checked(newInputs, [], oldInputs)).inputs.name, "mine");
    const other = { ...newInputs, entrypoint: "python other.py" };
    assert.match(String((await checked(other, [], oldInputs)).inputs.name), /^train-[0-9a-f]{8}$/);
  });

  it("refuses an empty name, and generates one where there is none", async () => {
    const { failures } = await checked({ ...newInputs, name: "" });
    assert.deepEqual(
      failures.map(({ path, reason }) => [path, reason.slice(-"(RJ102)".length)]),
      [[["name"], "(RJ102)"]],
    );
    for (const name of [null, undefined]) {
      const { inputs, failures: none } = await checked({ ...newInputs, name });
      assert.match(String(inputs.name), /^train-[0-9a-f]{8}$/);
      assert.deepEqual(none, []);
    }
  });

  it("leaves out what is null, at any depth", async () => {
    const { rayClusterSpec } = aJob() as { readonly rayClusterSpec: PropertyMap };
    const { inputs } = await checked({
      ...newInputs,
      suspend: null,
      rayClusterSpec: { ...rayClusterSpec, rayVersion: null },
    });
    assert.deepEqual(inputs.rayClusterSpec, rayClusterSpec);
    assert(!("suspend" in inputs));
  });

  function checked(inputs: PropertyMap, configurationSecrets: (readonly string[])[] = [], oldInputs: PropertyMap = {}) {
    const configuration = { namespace: "secret-team" };
    return check({ ...subject(), oldInputs, newInputs: inputs, secrets: [], configuration, configurationSecrets });
  }
});

describe("a difference", () => {
  it("does not claim that a job has not got far enough while nobody knows how far that is", async () => {
    const oldInputs = aJob({ waitFor: "none" });
    const oldOutputs = {
      ...oldInputs,
      uid: "uid-1",
      phase: "Running",
      jobDeploymentStatus: "Running",
      jobStatus: "RUNNING",
    };
    const { changes } = await diff({
      ...subject(),
      id: "ml/it",
      oldInputs,
      oldOutputs,
      newInputs: aJob({ waitFor: UNKNOWN }),
    });
    assert.deepEqual(
      changes.map(({ path }) => path),
      [["waitFor"]],
    );
  });
});
