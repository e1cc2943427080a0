import { rayJobComponentFindings } from "../components/rayJobComponent/findings.ts";
import { bucketFindings } from "../components/workingDirBucket/findings.ts";
import { configurationFindings } from "../configuration.ts";
import { crdsFindings } from "../crds/rules.ts";
import type { Code, Finding } from "../findings/finding.ts";
import { findingsOf, type Knowledge } from "../job/findings.ts";
import { manifestFindings } from "../job/manifestFindings.ts";
import { verdictOn } from "../job/objectVerdict.ts";
import { clusterWithHead, podOf, smallJob } from "../job/rules/examples.ts";
import { sourceFindings, workingDirFindings } from "../packaging/rules.ts";
import type { PropertyMap } from "../values/value.ts";

/** A code that is not that of a rule for jobs, with an example and what it is refused by. */
export interface OtherFinding {
  readonly code: Code;
  readonly refuses: string;
  readonly found: readonly Finding[];
}

export function otherFindings({ schema, fields }: Knowledge): OtherFinding[] {
  const job = (said: PropertyMap) => findingsOf({ ...smallJob, ...said }, { schema, fields });
  const manifest = (said: PropertyMap) => manifestFindings({ ...small, ...said }, { fields });
  const short = { rayClusterSpec: null };
  return [
    of("RJ001", "a property that there is not", job({ entryPoint: "python train.py" })),
    of("RJ002", "a value of another type", job({ backoffLimit: "2" })),
    of("RJ003", "something that is missing", job({ mounts: { data: { claimName: "data" } } })),
    of("RJ004", "an argument that the KubeRay on the cluster would disregard", job(ofNewerKubeRay)),
    of(
      "RJ005",
      "a RayJob or RayCronJob of another version of KubeRay's API, or of none",
      manifest({ apiVersion: "ray.io/v2" }),
    ),
    of("RJ006", "a kind of object that KubeRay does not have", unknownKind()),
    of(
      "RJ210",
      "in a RayJob written by hand, an entrypoint that a shell reads before the job's",
      pasted("python a.py; ls"),
    ),
    of("RJ211", "in a RayJob written by hand, texts in which a shell fills something in", pasted("true", "$HOME")),
    of("RJ231", "in a RayCronJob, a schedule that KubeRay cannot read", cronJob({ schedule: "0 25 * * *" })),
    of("RJ232", "in a RayCronJob, a schedule with a time zone in it", cronJob({ schedule: "TZ=UTC 0 3 * * *" })),
    of("RJ233", "in a RayCronJob, a time zone that there is not", cronJob({ timeZone: "Europe/Berln" })),
    of("RJ311", "a cluster in short beside one that is written out", job({ image: "ray:1" })),
    of("RJ312", "a cluster in short without an image", job({ ...short, head: { cpu: 2 } })),
    of("RJ313", "a floor for the autoscaler without a ceiling", job({ ...short, image: "ray:1", ...floor })),
    of(
      "RJ356",
      "two elements that are known by the same: the API server takes no such RayJob",
      job(ofPod(twoVariables)),
    ),
    of("RJ361", "amounts of CPU, memory and the like that Kubernetes cannot read", job(ofPod(spacedAmount))),
    of("RJ411", "in a RayJob written by hand, a cluster that nobody deletes", manifest({})),
    of("RJ801", "a secret that everybody who may read the RayJob could read", secretFindingsOf()),
    ...ofPackages,
    ...ofCrds,
    ...ofComponents,
    ...ofBuckets,
    ...ofSettings,
  ];

  function unknownKind(): readonly Finding[] {
    return verdictOn({ apiVersion: "ray.io/v1", kind: "Rayjob" }, { fields }).findings;
  }

  function cronJob(said: PropertyMap): readonly Finding[] {
    const spec = { schedule: "0 3 * * *", jobTemplate: small.spec, ...said };
    return verdictOn({ ...small, kind: "RayCronJob", spec }, { fields, version: "1.7.0" }).findings;
  }

  function pasted(entrypoint: string, team = "ml"): Finding[] {
    return manifest({ spec: { entrypoint, metadata: { team } } });
  }

  function secretFindingsOf(): Finding[] {
    const inputs = { ...smallJob, runtimeEnv: { envVars: { TOKEN: "hush" } } };
    return findingsOf(inputs, { schema, fields }, [["runtimeEnv", "envVars", "TOKEN"]]);
  }
}

const ofNewerKubeRay = { kubeRayVersion: "1.5.1", preRunningDeadlineSeconds: 600 };
const twoVariables = { env: [{ name: "A" }, { name: "A" }] };
const spacedAmount = { resources: { limits: { memory: "16 GB" } } };
const floor = { workers: { trainers: { minReplicas: 1 } } };
const small = { apiVersion: "ray.io/v1", kind: "RayJob", metadata: { name: "train" }, spec: { entrypoint: "true" } };

const ofPackages = [
  of("RJ821", "code to package that is not on this machine", workingDirFindings({ path: "s3://code/train.zip" })),
  of("RJ822", "a bucket by a name that S3 does not take", workingDirFindings({ bucket: "s3://code" })),
  of("RJ823", "a prefix that is no clean start of a key", workingDirFindings({ prefix: "/code" })),
  of("RJ824", "a package of nothing", sourceFindings({})),
  of("RJ825", "two things to package", sourceFindings({ path: "train", archive: {} })),
];

const ofCrds = [
  of("RJ841", "a version of KubeRay whose files cannot be verified", crdsFindings({ version: "1.6.0" }, {}, [])),
  of("RJ842", "older CRDs than before", crdsFindings({ version: "1.5.1" }, { version: "1.6.2" }, [])),
  of("RJ843", "a source of CRDs that is neither a folder nor a URL", crdsFindings({ source: "https://a@b/" }, {}, [])),
  of("RJ844", "a secret that errors and the cluster would show", crdsFindings({}, {}, [["source"]])),
];

const volume = { mountPath: "/data" };
const existing = { ...volume, existingClaim: "data" };
const attached = { train: { existingCluster: "shared", runtimeEnv: { envVars: { TOKEN: "hush" } } } };
const twice = { train: { image: "ray:1", secretEnv: { TOKEN: { name: "hub" } } } };
const withWorkers = { train: { image: "ray:1", workers: { trainers: {} } } };
const pinned = { train: { runtimeEnv: { workingDir: `s3://training-1234567/working-dirs/${"3f".repeat(32)}.zip` } } };
const singlePod = { data: { ...volume, size: "1Gi", accessModes: ["ReadWriteOncePod"] } };

const ofComponents = [
  of(
    "RJ901",
    "a bucket to make beside one to use",
    component({ bucket: { versioning: true }, existingBucket: "code" }),
  ),
  of("RJ902", "a service account to make beside one to use", component(bothAccounts())),
  of("RJ903", "a claim without a size", component({ volumes: { data: volume } })),
  of(
    "RJ904",
    "settings of a claim that is there already",
    component({ volumes: { data: { ...existing, size: "1Gi" } } }),
  ),
  of("RJ905", "making a namespace that is not the jobs' own", component({ namespace: "kube-system" })),
  of("RJ906", "a reader of the bucket who is nobody", component({ bucket: { reader: { podIdentity: {} } } })),
  of("RJ907", "a volume by a name that Kubernetes does not take", component({ volumes: { Data_1: existing } })),
  of(
    "RJ908",
    "a volume that is nowhere in the containers",
    component({ volumes: { data: { ...existing, mountPath: "data" } } }),
  ),
  of("RJ909", "a secret for pods that are there already", component({ jobs: attached }, { train: ["TOKEN"] })),
  of("RJ910", "a claim for a single pod in a job with workers", component({ jobs: withWorkers, volumes: singlePod })),
  of("RJ911", "a secret variable that has another value already", component({ jobs: twice }, { train: ["TOKEN"] })),
  of("RJ912", "a feature gate that the operator does not have: it would not start", component(foreignGate())),
  of("RJ913", "a package in a bucket that the component may be about to delete", component({ jobs: pinned })),
];

const ofBuckets = [
  of("RJ921", "less than a day", bucketFindings({ expireUnusedAfterDays: 0 })),
  of("RJ922", "a key by anything but its ARN", bucketFindings({ kmsKeyArn: "alias/mine" })),
  of("RJ923", "an identity provider by anything but its ARN", bucketFindings({ reader: { oidcProviderArn: "oidc" } })),
  of("RJ924", "a prefix that is no clean start of a key", bucketFindings({ prefix: "/code" })),
  of("RJ925", "a service account without its namespace", bucketFindings({ reader: { serviceAccounts: ["ray"] } })),
  of("RJ926", "a reader in no way, or in two ways", bucketFindings({ reader: { serviceAccounts: ["ml/ray"] } })),
  of("RJ927", "a reader who is nobody", bucketFindings({ reader: { serviceAccounts: [] } })),
  of("RJ928", "a service account twice", bucketFindings({ reader: { serviceAccounts: ["ml/ray", "ml/ray"] } })),
];

const ofSettings = [
  of("RJ951", "a setting that the provider does not have", configurationFindings({ kubeConfig: "~/.kube/config" })),
  of("RJ952", "a setting that is no text, or an empty one", configurationFindings({ region: "" })),
  of("RJ953", "a server that is not said by its URL alone", configurationFindings({ endpoint: "minio.example.com" })),
  of("RJ954", "a flag that is neither true nor false", configurationFindings({ usePathStyle: "yes" })),
  of("RJ955", "one half of a pair of credentials", configurationFindings({ accessKey: "AKIA" })),
];

function of(code: Code, refuses: string, found: readonly Finding[]): OtherFinding {
  return { code, refuses, found };
}

function component(args: PropertyMap, secretVariables = {}): Finding[] {
  return rayJobComponentFindings({ jobs: {}, ...args }, secretVariables);
}

function ofPod(container: PropertyMap): PropertyMap {
  return clusterWithHead({ template: podOf("ray-head", container) });
}

function bothAccounts(): PropertyMap {
  return { serviceAccount: { name: "ray" }, existingServiceAccount: "ray" };
}

function foreignGate(): PropertyMap {
  return { operator: { values: { featureGates: [{ name: "RayClusterMTLS", enabled: true }] } } };
}
