import assert from "node:assert/strict";
import { type Inputs, secret } from "@pulumi/pulumi";
import { construct, local, noOperator, remote, runOf } from "./aComponent.ts";

describe("RayJobComponent", () => {
  it("brings secret variables to the pods by a Secret that a new value replaces, and keeps them out of the job", async () => {
    const envVars = { TOKEN: secret("hush"), DIR: "/output" };
    const secretEnv = { KEY: { name: "keys" } };
    const train = { ...local, runtimeEnv: { ...local.runtimeEnv, envVars }, secretEnv };
    const { registrations } = await construct({ ...noOperator, jobs: { train } });
    const { stringData, immutable } = registrations.inputs.get("kubernetes:core/v1:Secret training-train-env") ?? {};
    assert.deepEqual(stringData, { "4dabf18193072939515e22adb298388d": sealed, value: { TOKEN: "hush" } });
    assert.equal(immutable, true);
    const job = runOf(registrations);
    assert.deepEqual(job.secretEnv, { TOKEN: { name: "training-train-env-1234" }, KEY: { name: "keys" } });
    assert.deepEqual(job.runtimeEnv, { workingDir: "s3://packages/a.zip", pip: ["c"], envVars: { DIR: "/output" } });
  });

  it("keeps the rest of a runtime environment that is an output as a whole", async () => {
    const runtimeEnv = secret({ workingDir: "s3://code/a.zip", pip: ["c"], envVars: { TOKEN: "hush" } });
    const { registrations } = await construct({ ...noOperator, jobs: { train: { ...remote, runtimeEnv } } });
    const job = runOf(registrations);
    const revealed = (value: unknown) => (value as { readonly value?: unknown }).value ?? value;
    const { workingDir, pip, envVars, ...others } = revealed(job.runtimeEnv) as Inputs;
    assert.deepEqual([workingDir, pip].map(revealed), ["s3://code/a.zip", ["c"]]);
    assert.deepEqual([envVars, others], [{}, {}]);
    assert.deepEqual(job.secretEnv, { TOKEN: { name: "training-train-env-1234" } });
  });

  it("makes the Secret under a name that Kubernetes takes, however the job is called", async () => {
    const runtimeEnv = { ...remote.runtimeEnv, envVars: { TOKEN: secret("hush") } };
    const { registrations } = await construct({ ...noOperator, jobs: { My_Job: { ...remote, runtimeEnv } } });
    const names = [...registrations.inputs.keys()].filter((each) => each.startsWith("kubernetes:core/v1:Secret"));
    assert.equal(names.length, 1);
    assert.match(names[0] ?? "", / training-my-job-env-[0-9a-f]{8}$/);
  });

  it("makes no Secret for a job without secret variables", async () => {
    const train = { ...remote, runtimeEnv: { ...remote.runtimeEnv, envVars: { DIR: "/output" } } };
    const { registrations } = await construct({ ...noOperator, jobs: { train } });
    assert(!registrations.inputs.has("kubernetes:core/v1:Secret training-train-env"));
  });

  it("keeps a secret secret, for the job to refuse", async () => {
    const { registrations } = await construct({
      ...noOperator,
      jobs: { train: { ...remote, entrypoint: secret("x") } },
    });
    assert.deepEqual(runOf(registrations).entrypoint, { "4dabf18193072939515e22adb298388d": sealed, value: "x" });
  });
});

const sealed = "1b47061264138c4ac30d75fd1eb44270";
