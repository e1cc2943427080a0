import assert from "node:assert/strict";
import { InputPropertiesError, output, secret } from "@pulumi/pulumi";
import { constructRayJobComponent } from "../../../provider/components/rayJobComponent.ts";
import { constructWorkingDirBucket } from "../../../provider/components/workingDirBucket.ts";
import { Registrations } from "./registrations.ts";

describe("constructing a component", () => {
  it("refuses all that is wrong at once, each at its own place, before anything is registered", async () => {
    const registrations = Registrations.start(() => ({}));
    const args = {
      jobs: { a: { entryPoint: "b" } },
      volumes: { c: { mountPath: "/c" } },
      bucket: { expireUnusedAfterDays: 0 },
    };
    assert.deepEqual(await refusalsOf(constructRayJobComponent("it", args, {}, {})), [
      "jobs.a.entryPoint",
      "volumes.c.size",
      "bucket.expireUnusedAfterDays",
    ]);
    assert.deepEqual(await refusalsOf(constructWorkingDirBucket("it", { expireUnusedAfterDays: output(0) }, {}, {})), [
      "expireUnusedAfterDays",
    ]);
    assert.deepEqual(registrations.order, []);
  });

  it("says of an argument that holds a secret in the message what is wrong, since the engine shows values at paths", async () => {
    const job = { entryPoint: "b", runtimeEnv: { envVars: { TOKEN: secret("hush") } } };
    const args = { jobs: { a: job }, volumes: { c: { mountPath: "/c" } } };
    const refusal = await refusalOf(constructRayJobComponent("it", args, {}, {}));
    assert.deepEqual(pathsOf(refusal), ["volumes.c.size"]);
    assert.match(
      refusal.message,
      /^Cannot make the RayJobComponent "it"\n\t\t- property jobs\.a\.entryPoint has a problem: /,
    );
    assert(!refusal.message.includes("hush"));
  });

  it("warns whoever deploys it of a package that may go with its bucket", async () => {
    const said: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => said.push(text);
    try {
      Registrations.start(() => ({}));
      const job = {
        entrypoint: "python a.py",
        image: "ray:1",
        runtimeEnv: { workingDir: `s3://it-1234567/working-dirs/${"3f".repeat(32)}.zip` },
      };
      await constructRayJobComponent("it", { operator: { install: false }, jobs: { train: job } }, {}, {});
    } finally {
      console.warn = warn;
    }
    assert.match(said.join("\n"), /bucket: Nothing asks for a bucket, and the code of "train" .* \(RJ913\)$/);
  });

  it("goes by what an output says where that decides which children there are", async () => {
    const computed = () => ({ bucket: "it-1234", arn: "arn:aws:s3:::it-1234" });
    for (const requireTls of [output(false), output(true), undefined]) {
      const registrations = Registrations.start(computed);
      const { state } = await constructWorkingDirBucket("it", { requireTls }, {}, {});
      await (state.bucketName as unknown as { promise(): Promise<string> }).promise();
      const isGuarded = registrations.inputs.has("aws:s3/bucketPolicy:BucketPolicy it-transport");
      assert.equal(isGuarded, (await known(requireTls)) !== false);
    }
  });
});

async function refusalsOf(construction: Promise<unknown>): Promise<string[]> {
  return pathsOf(await refusalOf(construction));
}

function pathsOf({ errors }: InputPropertiesError): string[] {
  return errors.map(({ propertyPath }) => propertyPath);
}

async function refusalOf(construction: Promise<unknown>): Promise<InputPropertiesError> {
  const refusal = await construction.then(
    () => assert.fail("it was made"),
    (error: unknown) => error,
  );
  assert(InputPropertiesError.isInstance(refusal), String(refusal));
  return refusal;
}

async function known(value: unknown): Promise<unknown> {
  return (output(value) as unknown as { promise(): Promise<unknown> }).promise();
}
