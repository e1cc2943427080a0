import type { PropertyMap } from "../../values/value.ts";
import { clusterOf } from "./examples.ts";
import { groupsOf, podSpecOf, textAt, variablesOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

const s3 = [
  { name: "STORAGE_BACKEND", value: "S3" },
  { name: "S3_REGION", value: "eu-west-1" },
];
const reserved = [
  "POD_IP",
  "FQ_RAY_IP",
  "RAY_CLUSTER_NAME",
  "RAY_CLUSTER_NAMESPACE",
  "RAY_ROLE",
  "OWNER_KIND",
  "OWNER_NAME",
  "EVENTS_PORT",
];
const connectionString = "AZURE_STORAGE_CONNECTION_STRING";
const accountUrl = "AZURE_STORAGE_ACCOUNT_URL";

/** What collects logs and events for Ray's history server: KubeRay 1.7. */
export const historyServerRules: readonly Rule[] = [
  {
    code: "RJ391",
    refuses: "a history server without a collector, or one without an image (K19)",
    path: ["rayClusterSpec", "historyServerOptions", "collectorOptions", "image"],
    broken: (job) => optionsOf(job).isThere && !collectorOf(job).at("image").isGiven,
    problem: "Cannot collect anything for the history server without an image",
    hint: 'Set "collectorOptions.image"',
    refused: clusterOf({ historyServerOptions: { collectorOptions: { env: s3 } } }),
    accepted: collecting(s3),
  },
  {
    code: "RJ392",
    refuses: "variables that KubeRay sets itself (K19)",
    each: (job) => variablesOf(collectorOf(job).at("env"), reserved),
    path: ["name"],
    broken: () => true,
    problem: (variable) => `Cannot set "${variable.at("name").text}" for the collector: KubeRay does`,
    hint: "Drop the variable",
    refused: collecting([...s3, { name: "RAY_ROLE", value: "head" }]),
    accepted: collecting([...s3, { name: "LOG_LEVEL", value: "debug" }]),
  },
  {
    code: "RJ393",
    refuses: "a collector that does not know where to put anything (K19)",
    path: ["rayClusterSpec", "historyServerOptions", "collectorOptions", "env"],
    broken: (job) => optionsOf(job).isThere && backendOf(job) === "",
    problem: 'Cannot tell where the collector puts what it collects: there is no "STORAGE_BACKEND" with a value',
    hint: "Set the variable to S3, GCS, AZUREBLOB or ALIYUNOSS",
    refused: collecting([{ name: "S3_REGION", value: "eu-west-1" }]),
    accepted: collecting(s3),
  },
  {
    code: "RJ394",
    refuses: "a place to put things that is not fully said (K19)",
    path: ["rayClusterSpec", "historyServerOptions", "collectorOptions", "env"],
    broken: (job) => missingIn(job).length > 0,
    problem: (job) => `Cannot put anything into ${backendOf(job)} without ${missingIn(job).join(" and ")}`,
    hint: "Add them to the variables of the collector",
    refused: collecting([{ name: "STORAGE_BACKEND", value: "S3" }]),
    accepted: collecting(s3),
  },
  {
    code: "RJ395",
    refuses: "a container of the collector's name (K19)",
    each: (job) => groupsOf(job).flatMap((group) => podSpecOf(group).at("containers").items),
    path: ["name"],
    broken: (container, job) => optionsOf(job).isThere && container.at("name").text === "ray-history-collector",
    problem: (container) => `Cannot add the collector: there is a container "${container.at("name").text}"`,
    hint: "Give the container another name",
    refused: collecting(s3, "ray-history-collector"),
    accepted: collecting(s3, "sidecar"),
  },
];

function optionsOf(job: Place): Place {
  return job.at("rayClusterSpec", "historyServerOptions");
}

function collectorOf(job: Place): Place {
  return optionsOf(job).at("collectorOptions");
}

function backendOf(job: Place): string {
  return variableOf(job, "STORAGE_BACKEND").toUpperCase();
}

/** Of two variables of one name the last one counts. */
function variableOf(job: Place, name: string): string {
  const [variable] = variablesOf(collectorOf(job).at("env"), [name]).slice(-1);
  return variable === undefined ? "" : textAt(variable, "value");
}

function missingIn(job: Place): readonly string[] {
  const isSaid = (name: string) =>
    variablesOf(collectorOf(job).at("env"), [name])
      .slice(-1)
      .some((variable) => variable.at("value").isGiven || variable.at("valueFrom").isThere);
  return (needed[backendOf(job)]?.(variableOf(job, "AZURE_STORAGE_AUTH_MODE").trim().toLowerCase()) ?? [])
    .filter((names) => !names.some(isSaid))
    .map((names) => names.join(" or "));
}

/** What each backend needs: of each list, one variable. */
const needed: Readonly<Record<string, (authenticationMode: string) => readonly (readonly string[])[]>> = {
  S3: () => [["S3_REGION"]],
  GCS: () => [["GCS_BUCKET"]],
  ALIYUNOSS: () => [["OSS_BUCKET"], ["OSS_ENDPOINT"], ["OSS_REGION"]],
  AZUREBLOB: (mode) => [
    {
      connection_string: [connectionString],
      workload_identity: [accountUrl],
      default: [accountUrl],
    }[mode] ?? [connectionString, accountUrl],
  ],
};

function collecting(env: readonly PropertyMap[], container = "sidecar"): PropertyMap {
  const image = "rayproject/ray:2.52.0";
  const containers = [
    { name: "ray-head", image },
    { name: container, image },
  ];
  return clusterOf({
    headGroupSpec: { template: { spec: { containers } } },
    historyServerOptions: { collectorOptions: { image: "example.com/collector:1", env } },
  });
}
