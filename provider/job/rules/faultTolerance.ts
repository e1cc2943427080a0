import type { PropertyMap } from "../../values/value.ts";
import { clusterOf, clusterWithHead, podOf } from "./examples.ts";
import { headOf, podSpecOf, rayContainerOf, textAt, variablesOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

const enabled = "ray.io/ft-enabled";
const address = "RAY_REDIS_ADDRESS";

/** What Ray's control store keeps when the head restarts. */
export const faultToleranceRules: readonly Rule[] = [
  {
    code: "RJ341",
    refuses: "the older annotation beside the options (K8)",
    path: ["annotations", enabled],
    broken: (job) => job.at("annotations", enabled).isGiven && optionsOf(job).isThere,
    problem: `Cannot switch fault tolerance on by "${enabled}" and by "gcsFaultToleranceOptions"`,
    hint: "Drop the annotation",
    refused: { annotations: { [enabled]: "true" }, ...tolerant() },
    accepted: { annotations: { [enabled]: "true" } },
  },
  {
    code: "RJ342",
    refuses: "an address of Redis without fault tolerance, which it would switch on (K9)",
    each: (job) => variables(job, [address]),
    path: ["name"],
    broken: (_, job) => !optionsOf(job).isThere && textAt(job.at("annotations"), enabled).toLowerCase() !== "true",
    problem: `Cannot set ${address} without "gcsFaultToleranceOptions"`,
    hint: 'Set "gcsFaultToleranceOptions.redisAddress" instead, or drop the variable',
    refused: withVariable(address),
    accepted: { annotations: { [enabled]: "true" }, ...withVariable(address) },
  },
  {
    code: "RJ343",
    refuses: "what the options say, said elsewhere as well (K10)",
    each: (job) => [
      headOf(job).at("rayStartParams", "redis-password"),
      job.at("annotations", "ray.io/external-storage-namespace"),
      ...variables(job, ["REDIS_PASSWORD", address]),
    ],
    path: [],
    broken: (place, job) => optionsOf(job).isThere && place.isGiven,
    problem: (place) => `Cannot take "${place.at("name").text ?? place.name}" beside "gcsFaultToleranceOptions"`,
    hint: 'Say it in "gcsFaultToleranceOptions" alone',
    refused: withVariable("REDIS_PASSWORD", { gcsFaultToleranceOptions: { redisAddress: "redis:6379" } }),
    accepted: withVariable("REDIS_PASSWORD"),
  },
  {
    code: "RJ344",
    refuses: "a user of Redis anywhere but in the options (K12)",
    each: (job) => [headOf(job).at("rayStartParams", "redis-username"), ...variables(job, ["REDIS_USERNAME"])],
    path: [],
    broken: (place) => place.isGiven,
    problem: (place) => `Cannot take a user of Redis from "${place.at("name").text ?? place.name}"`,
    hint: 'Use "gcsFaultToleranceOptions.redisUsername"',
    refused: withVariable("REDIS_USERNAME"),
    accepted: tolerant({ redisUsername: { value: "ray" } }),
  },
  {
    code: "RJ345",
    refuses: "settings of Redis for the embedded store (K11)",
    each: (job) => redisFields.map((name) => optionsOf(job).at(name)),
    path: [],
    broken: (field, job) => isEmbedded(job) && field.isGiven,
    problem: (field) => `Cannot use "${field.name}" with the backend "rocksdb"`,
    hint: (field) => `Drop "${field.name}", or the backend`,
    refused: tolerant({ backend: "rocksdb", redisAddress: "redis:6379" }),
    accepted: tolerant({ backend: "redis", redisAddress: "redis:6379" }),
  },
  {
    code: "RJ346",
    refuses: "a volume for a store that is not on one (K11)",
    path: ["rayClusterSpec", "gcsFaultToleranceOptions", "storage"],
    broken: (job) => optionsOf(job).at("storage").isThere && !isEmbedded(job),
    problem: 'Cannot keep Redis on "storage"',
    hint: 'Set "backend" to "rocksdb", or drop "storage"',
    refused: tolerant({ storage: { size: "1Gi" } }),
    accepted: tolerant({ backend: "rocksdb", storage: { size: "1Gi" } }),
  },
  {
    code: "RJ347",
    refuses: "an existing claim and a new one (K11)",
    each: (job) => ["size", "storageClassName", "accessModes"].map((name) => optionsOf(job).at("storage", name)),
    path: [],
    broken: (field, job) => isEmbedded(job) && optionsOf(job).at("storage", "claimName").isGiven && field.isGiven,
    problem: (field) => `Cannot choose the "${field.name}" of a claim that is there already`,
    hint: (field) => `Drop "${field.name}", or "claimName"`,
    refused: tolerant({ backend: "rocksdb", storage: { claimName: "gcs", size: "1Gi" } }),
    accepted: tolerant({ backend: "rocksdb", storage: { claimName: "gcs" } }),
  },
  {
    code: "RJ348",
    refuses: "what KubeRay puts into the head for the embedded store itself (K11)",
    each: (job) => [
      ...variables(job, ["RAY_gcs_storage", "RAY_gcs_storage_path"]),
      ...rayContainerOf(headOf(job)).at("volumeMounts").items.filter(isOfStore),
      ...podSpecOf(headOf(job)).at("volumes").items.filter(isOfStore),
    ],
    path: [],
    broken: (_, job) => isEmbedded(job),
    problem: (place) => `Cannot set "${place.at("name").text}" with the backend "rocksdb": KubeRay does`,
    hint: "Drop it, or mount it under another name at another path",
    refused: withVariable("RAY_gcs_storage", { gcsFaultToleranceOptions: { backend: "rocksdb" } }),
    accepted: withVariable("RAY_gcs_storage"),
  },
  {
    code: "RJ349",
    refuses: "fault tolerance without a place to keep anything: KubeRay before 1.7 refuses it",
    path: ["rayClusterSpec", "gcsFaultToleranceOptions", "redisAddress"],
    broken: (job) => optionsOf(job).isThere && !optionsOf(job).at("redisAddress").isThere && !isEmbedded(job),
    problem: 'Cannot keep anything in a Redis without its "redisAddress"',
    hint: 'Set "redisAddress", such as "redis:6379"',
    refused: clusterOf({ gcsFaultToleranceOptions: {} }),
    accepted: tolerant(),
  },
];

const redisFields = ["redisAddress", "redisUsername", "redisPassword", "externalStorageNamespace"];

function optionsOf(job: Place): Place {
  return job.at("rayClusterSpec", "gcsFaultToleranceOptions");
}

function isEmbedded(job: Place): boolean {
  return optionsOf(job).at("backend").text === "rocksdb";
}

/** Variables of the head's Ray container. */
function variables(job: Place, names: readonly string[]): readonly Place[] {
  return variablesOf(rayContainerOf(headOf(job)).at("env"), names);
}

function isOfStore(place: Place): boolean {
  return place.at("name").text === "gcs-storage" || place.at("mountPath").text === "/data/gcs";
}

function tolerant(options: PropertyMap = {}): PropertyMap {
  const redis = options.backend === "rocksdb" ? {} : { redisAddress: "redis:6379" };
  return clusterOf({ gcsFaultToleranceOptions: { ...redis, ...options } });
}

function withVariable(name: string, fields: PropertyMap = {}): PropertyMap {
  return clusterWithHead({ template: podOf("ray-head", { env: [{ name, value: "redis:6379" }] }) }, fields);
}
