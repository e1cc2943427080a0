import fc from "fast-check";
import type { RayJobArgs } from "../../../provider/job/args.ts";
import { smallJob } from "../../../provider/job/rules/examples.ts";
import type { PropertyMap, Value } from "../../../provider/values/value.ts";

/** A small valid job, as check passes it on, with other arguments laid over it; null takes one away. */
export function aJob(overlay: PropertyMap = {}): PropertyMap {
  return Object.fromEntries(Object.entries({ ...smallJob, ...overlay }).filter(([, value]) => value !== null));
}

/** Two values of every argument that differ from each other and from saying nothing. */
export const twoValues = {
  name: ["train-a", "train-b"],
  namespace: ["ml", "prod"],
  labels: [{ team: "ml" }, { team: "ml", tier: "gold" }],
  annotations: [{ note: "a" }, { note: "b" }],
  podLabels: [{ team: "ml" }, { team: "vision" }],
  entrypoint: ["python a.py", "python b.py"],
  runtimeEnv: [{ pip: ["numpy"] }, { envVars: { A: "1" } }],
  runtimeEnvYAML: ["pip: [torch]", "py_modules: [s3://b/m.zip]"],
  jobId: ["job-a", "job-b"],
  metadata: [{ owner: "a" }, { owner: "b" }],
  entrypointNumCpus: [1, 0.5],
  entrypointNumGpus: [1, 2],
  entrypointResources: ['{"a": 1}', '{"b": 1}'],
  rayClusterSpec: [{ headGroupSpec: { rayStartParams: {} } }, { headGroupSpec: {}, rayVersion: "2.52.0" }],
  image: ["rayproject/ray:2.52.0", "registry/ray"],
  head: [{ cpu: 2 }, { memory: "8Gi" }],
  workers: [{ gpu: { gpu: 1 } }, { small: { replicas: 2 } }],
  existingCluster: ["shared", "other"],
  clusterSelector: [{ "ray.io/cluster": "third" }, { "ray.io/cluster": "fourth" }],
  submissionMode: ["HTTPMode", "InteractiveMode"],
  submitterPodTemplate: [{ spec: { restartPolicy: "Never" } }, { spec: { restartPolicy: "OnFailure" } }],
  submitterConfig: [{ backoffLimit: 1 }, { backoffLimit: 3 }],
  backoffLimit: [1, 2],
  activeDeadlineSeconds: [60, 3600],
  preRunningDeadlineSeconds: [60, 3600],
  shutdownAfterJobFinishes: [false],
  ttlSecondsAfterFinished: [0, 600],
  deletionStrategy: [{ deletionRules: [] }, { deletionRules: [{ policy: "DeleteCluster" }] }],
  suspend: [true],
  mounts: [{ data: { claimName: "a", mountPath: "/data" } }, { data: { claimName: "b", mountPath: "/data" } }],
  serviceAccountName: ["ray", "trainer"],
  secretEnv: [{ TOKEN: { name: "hub" } }, { TOKEN: { name: "hub", key: "token" } }],
  stage: [{ model: { from: "s3://m/a", to: "/model" } }, { model: { from: "s3://m/a", to: "/model", on: "head" } }],
  managedBy: ["kueue.x-k8s.io/multikueue"],
  waitFor: ["none", "running"],
  timeoutSeconds: [60, 600],
  rerunToken: ["1", "2"],
  rerunFailed: [false],
  stopOnCancel: [true],
  logs: ["stream"],
  logTailLines: [0, 10],
  kubeRayVersion: ["1.6.2", "1.7.0"],
  kubeRayFeatureGates: [{ RayCronJob: true }, { RayCronJob: false }],
} as const satisfies Record<keyof RayJobArgs, readonly [Value, Value?]>;

export const argumentNames = Object.keys(twoValues) as (keyof RayJobArgs)[];

/** Any mixture of arguments, valid or not, in which no argument takes another one's meaning away. */
export const someInputs: fc.Arbitrary<PropertyMap> = fc
  .record(Object.fromEntries(argumentNames.map((name) => [name, fc.constantFrom<Value | undefined>(...choices(name))])))
  .map(
    ({ existingCluster, clusterSelector, runtimeEnv, runtimeEnvYAML, rayClusterSpec, image, head, workers, ...rest }) =>
      said({
        ...rest,
        ...(rayClusterSpec === undefined ? { image, head, workers } : { rayClusterSpec }),
        ...(existingCluster === undefined ? { clusterSelector } : { existingCluster }),
        ...(runtimeEnv === undefined ? { runtimeEnvYAML } : { runtimeEnv }),
      }),
  );

/** Some arguments, and the same with exactly one said differently. */
export const oneFlip: fc.Arbitrary<{ before: PropertyMap; after: PropertyMap; flipped: keyof RayJobArgs }> = fc
  .tuple(someInputs, fc.constantFrom(...argumentNames), fc.nat())
  .map(([before, flipped, pick]) => {
    const others = choices(flipped).filter((value) => JSON.stringify(value) !== JSON.stringify(before[flipped]));
    return { before, after: said({ ...before, [flipped]: others[pick % others.length] }), flipped };
  })
  .filter(({ before, after }) => [before, after].every(isUnambiguous));

function choices(name: keyof RayJobArgs): (Value | undefined)[] {
  return [undefined, ...twoValues[name]];
}

function isUnambiguous({
  existingCluster,
  clusterSelector,
  runtimeEnv,
  runtimeEnvYAML,
  ...others
}: PropertyMap): boolean {
  const both = (a: unknown, b: unknown) => a !== undefined && b !== undefined;
  const isShort = [others.image, others.head, others.workers].some((each) => each !== undefined);
  if (isShort && others.rayClusterSpec !== undefined) return false;
  return !both(existingCluster, clusterSelector) && !both(runtimeEnv, runtimeEnvYAML);
}

function said(inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}
