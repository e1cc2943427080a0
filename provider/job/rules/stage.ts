import { suggestionOf } from "../../findings/closest.ts";
import type { PropertyMap } from "../../values/value.ts";
import { rayNodes } from "../args/pods.ts";
import { isInside, normal } from "../podSpec.ts";
import { isPlace, placeHint, sourceOf } from "../source.ts";
import { dnsLabelHint, isDnsLabel } from "./dnsLabel.ts";
import { attached } from "./examples.ts";
import { isMountPath, mountsOfRay } from "./mounts.ts";
import { isAttached, podsOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** What is copied into the pods of the cluster before Ray starts. */
export const stageRules: readonly Rule[] = [
  {
    code: "RJ711",
    refuses: "staging on a cluster that is there already: its pods have started",
    path: ["stage"],
    broken: (job) => job.at("stage").isGiven && isAttached(job),
    problem: "Cannot stage anything in the pods of an existing cluster",
    hint: 'Drop "stage", and stage it where the cluster is made',
    refused: { ...attached, stage: { model: stageOf({}) } },
    accepted: { stage: { model: stageOf({}) } },
  },
  {
    code: "RJ712",
    refuses: "a name that Kubernetes cannot give to a container and a volume",
    each: stagesOf,
    path: [],
    broken: ({ name }) => !isDnsLabel(name),
    problem: ({ name }) => `Cannot name an init container "${name}"`,
    hint: dnsLabelHint,
    refused: { stage: { my_model: stageOf({}) } },
    accepted: { stage: { "my-model": stageOf({}) } },
  },
  {
    code: "RJ713",
    refuses: "a name that something else in the pods has",
    each: stagesOf,
    path: [],
    broken: ({ name }, job) => isTaken(name, job),
    problem: ({ name }) =>
      `Cannot name an init container and its volume "${name}": something else in the pods has that name`,
    hint: "Give the stage another name",
    refused: { mounts: { model: { claimName: "models", mountPath: "/models" } }, stage: { model: stageOf({}) } },
    accepted: { mounts: { models: { claimName: "models", mountPath: "/models" } }, stage: { model: stageOf({}) } },
  },
  {
    code: "RJ714",
    refuses: "a place that nothing can be copied from",
    each: stagesOf,
    path: ["from"],
    broken: (stage) => stage.at("from").fails((uri) => schemes.includes(sourceOf(uri)?.scheme ?? "")),
    problem: (stage) => `Cannot copy anything from "${stage.at("from").text}"`,
    hint: (stage) =>
      sourceOf(stage.at("from").text ?? "")?.scheme === "http"
        ? "Use https: what comes over http can be altered by anyone"
        : "Use `s3://bucket/path`, `https://…` or `pvc://claim/path`",
    refused: { stage: { model: stageOf({ from: "http://example.com/model.bin" }) } },
    accepted: { stage: { model: stageOf({ from: "https://example.com/model.bin" }) } },
  },
  {
    code: "RJ715",
    refuses: "a URI that names no bucket, no claim or no file, or leads out of it",
    each: stagesOf,
    path: ["from"],
    broken: (stage) => stage.at("from").fails((uri) => isPlace(uri) || !schemes.includes(sourceOf(uri)?.scheme ?? "")),
    problem: (stage) => `Cannot tell what to copy from "${stage.at("from").text}"`,
    hint: (stage) =>
      sourceOf(stage.at("from").text ?? "")?.scheme === "https"
        ? "Write the address of a file, whose name is the last part of the path, without a password in it"
        : placeHint,
    refused: { stage: { model: stageOf({ from: "pvc:///model" }) } },
    accepted: { stage: { model: stageOf({ from: "pvc://models/model" }) } },
  },
  {
    code: "RJ716",
    refuses: "a path that is nowhere in the container, or all of it",
    each: stagesOf,
    path: ["to"],
    broken: (stage) => stage.at("to").fails((path) => isMountPath(path) && normal(path) !== "" && !isWinding(path)),
    problem: (stage) => `Cannot copy anything to "${stage.at("to").text}"`,
    hint: "Write the absolute path of a folder without a colon or `..`, such as `/model`",
    refused: { stage: { model: stageOf({ to: "model" }) } },
    accepted: { stage: { model: stageOf({ to: "/model" }) } },
  },
  {
    code: "RJ717",
    refuses: "two stages to one path of a pod: what they copy would mix",
    each: stagesOf,
    path: ["to"],
    broken: (stage, job) => stagesOf(job).some((other) => other.name < stage.name && meets(other, stage)),
    problem: (stage) => `Something else is copied to "${stage.at("to").text}"`,
    hint: "Copy it to another path, such as a folder below",
    refused: { stage: { first: stageOf({}), second: stageOf({ to: "/model/" }) } },
    accepted: { stage: { first: stageOf({ on: "head" }), second: stageOf({ on: "workers" }) } },
  },
  {
    code: "RJ718",
    refuses: "nodes that a Ray cluster does not have",
    each: stagesOf,
    path: ["on"],
    broken: (stage) => stage.at("on").fails((on) => nodes.includes(on)),
    problem: (stage) => `A Ray cluster has no nodes "${stage.at("on").text}"`,
    hint: (stage) => suggestionOf(stage.at("on").text ?? "", nodes),
    refused: { stage: { model: stageOf({ on: "worker" }) } },
    accepted: { stage: { model: stageOf({ on: "workers" }) } },
  },
  {
    code: "RJ719",
    refuses: "staging into a claim that can only be read",
    each: stagesOf,
    path: ["to"],
    broken: (stage, job) => readOnlyPathsOf(job).some((path) => isInside(stage.at("to").text ?? "", path)),
    problem: (stage) => `Cannot copy anything to "${stage.at("to").text}": what is mounted there can only be read`,
    hint: 'Copy it to another path, or drop "readOnly" of the mount',
    refused: { mounts: readOnlyMount("/data"), stage: { model: stageOf({ to: "/data/model" }) } },
    accepted: { mounts: readOnlyMount("/data"), stage: { model: stageOf({ to: "/database" }) } },
  },
];

const schemes = ["s3", "https", "pvc"];
const nodes: readonly string[] = rayNodes;

function stagesOf(job: Place): readonly Place[] {
  return job.at("stage").properties;
}

/** KubeRay has containers and volumes of its own in the pods. */
function isTaken(name: string, job: Place): boolean {
  if (ofKubeRay.includes(name) || name.startsWith("rayjob-") || Object.hasOwn(job.at("mounts").map, name)) return true;
  const named = podsOf(job).flatMap((pod) => lists.flatMap((list) => pod.at(list).items));
  return named.some((each) => each.at("name").text === name);
}

const ofKubeRay = ["wait-gcs-ready", "autoscaler", "ray-job-submitter", "ray-logs", "shared-mem", "ray-token"];
const lists = ["containers", "initContainers", "volumes"];

function isWinding(path: string): boolean {
  return path.split("/").some((part) => part === ".." || part === ".");
}

function meets(other: Place, stage: Place): boolean {
  const [to, otherTo] = [stage.at("to").text, other.at("to").text];
  const [on, otherOn] = [stage.at("on").text || "all", other.at("on").text || "all"];
  return !!to && !!otherTo && normal(to) === normal(otherTo) && (on === otherOn || [on, otherOn].includes("all"));
}

function readOnlyPathsOf(job: Place): string[] {
  const mounts = [...job.at("mounts").properties, ...mountsOfRay(job)];
  return mounts.flatMap((mount) => (mount.at("readOnly").flag === true && mount.at("mountPath").text) || []);
}

function stageOf(said: PropertyMap): PropertyMap {
  return { from: "s3://models/llama", to: "/model", ...said };
}

function readOnlyMount(mountPath: string): PropertyMap {
  return { data: { claimName: "data", mountPath, readOnly: true } };
}
