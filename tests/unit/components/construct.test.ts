import assert from "node:assert/strict";
import { InputPropertiesError, output } from "@pulumi/pulumi";
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
  const refusal = await construction.then(
    () => assert.fail("it was made"),
    (error: unknown) => error,
  );
  assert(InputPropertiesError.isInstance(refusal), String(refusal));
  return refusal.errors.map(({ propertyPath }) => propertyPath);
}

async function known(value: unknown): Promise<unknown> {
  return (output(value) as unknown as { promise(): Promise<unknown> }).promise();
}
