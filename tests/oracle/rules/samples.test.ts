import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { importedInputsOf } from "../../../provider/job/live.ts";
import type { RayJob } from "../../../provider/job/rayJob.ts";
import { validate } from "../../../provider/job/rules/validate.ts";
import { formatPath } from "../../../provider/values/path.ts";
import { moduleFile, type Operator, operators, opinionsOf } from "./operators.ts";

// KubeRay's own examples, as they are in its module. All but one are right.
const found: Readonly<Record<Operator["version"], readonly string[]>> = {
  "1.6.2": [
    "ray-job.deletion-rules.yaml: deletionStrategy.deletionRules RJ423",
    "ray-job.deletion-rules.yaml: deletionStrategy.deletionRules[2].policy RJ432",
    "ray-job.deletion-rules.yaml: deletionStrategy.deletionRules[5].policy RJ432",
  ],
  "1.5.1": [
    "ray-job.deletion-rules.yaml: deletionStrategy RJ441",
    "ray-job.deletion-rules.yaml: deletionStrategy.deletionRules[2].policy RJ432",
    "ray-job.deletion-rules.yaml: deletionStrategy.deletionRules[5].policy RJ432",
  ],
};

describe("the samples of KubeRay", () => {
  for (const operator of operators) {
    it(`of ${operator.version} have the errors that are known, by our rules and by KubeRay's`, async () => {
      const samples = await samplesOf(operator);
      assert.ok(samples.length >= 20, `there are ${samples.length} RayJobs`);
      const ours = samples.flatMap(({ file, rayJob }) =>
        validate({ ...importedInputsOf(rayJob), kubeRayVersion: operator.version })
          .filter(({ severity }) => severity === "error")
          .map(({ path, code }) => `${file}: ${formatPath(path)} ${code}`),
      );
      assert.deepEqual(ours.sort(), found[operator.version]);
      const opinions = await opinionsOf(
        operator,
        samples.map(({ rayJob }) => rayJob),
      );
      const theirs = samples.filter((_, index) => Object.keys(opinions[index] ?? {}).length > 0);
      const ofThem = operator.version === "1.5.1" ? ["ray-job.deletion-rules.yaml"] : [];
      assert.deepEqual(
        theirs.map(({ file }) => file),
        ofThem,
      );
    });
  }
});

async function samplesOf(operator: Operator): Promise<{ file: string; rayJob: RayJob }[]> {
  const folder = moduleFile(operator, "config/samples");
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".yaml")).sort();
  const samples = files.map(async (file) => {
    const documents = parseAllDocuments(await readFile(join(folder, file), "utf8"));
    const objects: RayJob[] = documents
      .map((document) => document.toJS())
      .filter((object) => object?.kind === "RayJob");
    return objects.map(({ metadata, ...others }) => ({
      file,
      // Some leave the name to the API server.
      rayJob: { ...others, metadata: { ...metadata, namespace: "default", name: metadata.name ?? "sample" } },
    }));
  });
  return (await Promise.all(samples)).flat();
}
