import { findingsOf } from "../provider/job/findings.ts";
import { rayJobKnowledge } from "../provider/schema/packageSchema.ts";
import type { PropertyMap, Value } from "../provider/values/value.ts";
import { type Comparison, median, milliseconds, runAlone } from "./comparison.ts";

// How long a preview takes to judge one job: a usual one, and one with as many groups, containers and variables as people
// write by hand. Reading the same from JSON is what nobody gets around. Needs no cluster.

const samples = 2000;

export async function measureValidation(): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  const knowledge = await rayJobKnowledge();
  for (const [what, job] of [
    ["one group", jobWith(1, 5)],
    ["ten groups of twenty variables", jobWith(10, 20)],
  ] as const) {
    const text = JSON.stringify(job);
    const our = median(await timesOf(async () => findingsOf(job, knowledge)));
    const other = median(await timesOf(async () => JSON.parse(text)));
    comparisons.push({
      measure: `one job judged, with ${what}, the median of ${samples}`,
      ours: milliseconds(our),
      beside: `${milliseconds(other)} reading it from JSON`,
      ratio: (our / other).toFixed(0),
      goal: "< 2 ms",
    });
  }
  return comparisons;
}

async function timesOf(run: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  // The first ones of a process are compiled on the way.
  for (let index = -samples / 10; index < samples; index++) {
    const start = performance.now();
    await run();
    if (index >= 0) times.push(performance.now() - start);
  }
  return times;
}

function jobWith(groups: number, variables: number): PropertyMap {
  const env = Array.from({ length: variables }, (_, index) => ({ name: `VARIABLE_${index}`, value: "1" }));
  const template = (name: string): Value => ({
    spec: { containers: [{ name, image: "rayproject/ray:2.52.0", env, resources: { limits: { cpu: "4" } } }] },
  });
  return {
    name: "train-7f3a9c21",
    namespace: "ml",
    entrypoint: "python train.py",
    runtimeEnv: { workingDir: "s3://code/train-7f3a.zip", pip: ["numpy"], envVars: { EPOCHS: "3" } },
    labels: { team: "ml" },
    rayClusterSpec: {
      rayVersion: "2.52.0",
      headGroupSpec: { rayStartParams: {}, template: template("ray-head") },
      workerGroupSpecs: Array.from({ length: groups }, (_, index) => ({
        groupName: `group-${index}`,
        replicas: 2,
        template: template("ray-worker"),
      })),
    },
  };
}

await runAlone(import.meta.filename, measureValidation);
