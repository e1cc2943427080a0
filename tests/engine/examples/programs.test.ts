import assert from "node:assert/strict";
import { rigOf } from "../../support/examples.ts";
import type { Rig } from "../../support/rig.ts";
import { changesOf } from "../../support/run.ts";

// Nothing of a preview is asked of AWS.
const account = { AWS_ACCESS_KEY_ID: "nobody", AWS_SECRET_ACCESS_KEY: "nothing", AWS_REGION: "eu-central-1" };

const programs: readonly {
  readonly example: string;
  readonly config: Readonly<Record<string, string>>;
  readonly makes: readonly string[];
}[] = [
  { example: "existing-cluster", config: { cluster: "shared" }, makes: ["RayJob count"] },
  { example: "staging", config: { data: "s3://datasets/words", results: "results" }, makes: ["RayJob count"] },
  {
    example: "gpu-queue",
    config: { bucket: "ml-code", queue: "gpu" },
    makes: ["RayJob training-train", "RayJobCleanup training", "RayJobComponent training", "WorkingDir training-train"],
  },
  {
    example: "fan-out",
    config: { cluster: "shared", folder: "/shared" },
    makes: ["RayJob join", "RayJob north", "RayJob south"],
  },
];

describe("the program of an example", () => {
  let rig: Rig;

  afterEach(() => rig.dispose());

  for (const { example, config, makes } of programs) {
    it(`${example} is previewed without a warning`, async () => {
      rig = await rigOf(example, config, account);
      const preview = await rig.preview();
      assert(preview.succeeded, preview.text);
      assert.deepEqual(
        preview.diagnostics.filter(({ severity }) => severity !== "info"),
        [],
      );
      assert.deepEqual(
        changesOf(preview).sort(),
        makes.map((resource) => `${resource} create`),
      );
    });
  }
});
