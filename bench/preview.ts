import { jobProperties } from "../tests/engine/programs.ts";
import { TestNamespace } from "../tests/support/cluster.ts";
import { newRig, type Program, type Rig } from "../tests/support/rig.ts";
import { type Comparison, median, milliseconds, runAlone } from "./comparison.ts";

// A preview in which nothing changes: a hundred RayJobs of this package, the same as plain custom resources of the
// `kubernetes` package, and a program with nothing in it, which is what the engine and the YAML host take for themselves.
// The `kubernetes` plug-in is the sandbox's stand-in, unless PULUMI_HOME has the official one.

const jobs = 100;
const rounds = 5;

export async function measurePreview(): Promise<Comparison[]> {
  const namespace = await TestNamespace.create("bench-preview");
  const rigs = {
    ours: await newRig(programOf((name) => ours(namespace.name, name))),
    plain: await newRig(programOf((name) => plain(namespace.name, name))),
    nothing: await newRig({ resources: {} }),
  };
  const times = { ours: [] as number[], plain: [] as number[], nothing: [] as number[] };
  try {
    for (const rig of Object.values(rigs)) await deploy(rig);
    for (let round = 0; round < rounds; round++) {
      times.ours.push(await timeOf(rigs.ours));
      times.plain.push(await timeOf(rigs.plain));
      times.nothing.push(await timeOf(rigs.nothing));
    }
  } finally {
    for (const rig of Object.values(rigs)) await rig.dispose();
    await namespace.dispose();
  }
  const [our, other] = [median(times.ours), median(times.plain)];
  return [
    {
      measure: `preview of ${jobs} jobs without a change`,
      ours: milliseconds(our),
      beside: `${milliseconds(other)} plain custom resources (nothing: ${milliseconds(median(times.nothing))})`,
      ratio: (our / other).toFixed(2),
      goal: "<= 1.0",
    },
  ];
}

async function deploy(rig: Rig): Promise<void> {
  const run = await rig.up();
  if (!run.succeeded) throw new Error(run.text);
}

async function timeOf(rig: Rig): Promise<number> {
  const start = performance.now();
  const run = await rig.preview();
  const time = performance.now() - start;
  if (!run.succeeded || run.steps.some(({ op }) => op !== "same")) throw new Error(run.text);
  return time;
}

function programOf(job: (name: string) => object): Program {
  const names = Array.from({ length: jobs }, (_, index) => `job-${index}`);
  return { resources: Object.fromEntries(names.map((name) => [name, job(name)])) };
}

function ours(namespace: string, _name: string) {
  return { type: "rayjob:RayJob", properties: jobProperties(namespace, { waitFor: "none" }) };
}

function plain(namespace: string, name: string) {
  const { namespace: _, ...spec } = jobProperties(namespace);
  return { type: "kubernetes:ray.io/v1:RayJob", properties: { metadata: { namespace, name }, spec } };
}

await runAlone(import.meta.filename, measurePreview);
