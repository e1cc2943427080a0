import { maxNameLength } from "../names.ts";
import { reservedPrefix } from "../owner.ts";
import { isLabelKey, isLabelValue, labelHint, labelKeyHint } from "./labels.ts";
import type { Rule } from "./rule.ts";

/** Names, labels and annotations. */
export const identityRules: readonly Rule[] = [
  {
    code: "RJ101",
    refuses: "a name longer than KubeRay takes (J1)",
    path: ["name"],
    broken: (job) => job.at("name").fails((name) => name.length <= maxNameLength),
    problem: (job) =>
      `Cannot name a RayJob with ${job.at("name").text?.length} characters: KubeRay takes ${maxNameLength}`,
    hint: `Shorten "name", or drop it: a generated one fits`,
    refused: { name: "a-name-that-goes-on-and-on-until-it-is-too-long-x" },
    accepted: { name: "a-name-that-goes-on-and-on-until-it-just-fits-x" },
  },
  {
    code: "RJ102",
    refuses: "a name that is not a DNS-1035 label (J2)",
    path: ["name"],
    // An empty one is a name, too: none is generated in its place.
    broken: (job) =>
      job.at("name").text === "" || job.at("name").fails((name) => /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)),
    problem: (job) => `Cannot name a RayJob "${job.at("name").text}": KubeRay makes host names from it`,
    hint: "Use lower-case letters, digits and dashes, with a letter first and no dash last",
    refused: { name: "Train_Job" },
    accepted: { name: "train-job" },
  },
  {
    code: "RJ103",
    refuses: "a namespace that Kubernetes cannot have",
    path: ["namespace"],
    broken: (job) => job.at("namespace").fails((name) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)),
    problem: (job) => `There is no namespace "${job.at("namespace").text}": Kubernetes does not take such a name`,
    hint: "Use at most 63 lower-case letters, digits and dashes, with no dash first or last",
    refused: { namespace: "team_ml" },
    accepted: { namespace: "team-ml" },
  },
  {
    code: "RJ104",
    refuses: "labels and annotations by which this package finds its own RayJobs",
    each: (job) => [...job.at("labels").properties, ...job.at("annotations").properties],
    path: [],
    broken: (entry) => entry.name.startsWith(reservedPrefix),
    problem: (entry) => `Cannot set "${entry.name}": "${reservedPrefix}" is kept for this package`,
    hint: "Use a prefix of your own",
    refused: { labels: { "pulumi-rayjob/owner": "me" } },
    accepted: { labels: { "example.com/owner": "me" } },
  },
  {
    code: "RJ105",
    refuses: "keys that Kubernetes does not take",
    each: (job) => ["labels", "annotations", "podLabels"].flatMap((name) => job.at(name).properties),
    path: [],
    broken: (entry) =>
      entry.isThere && !isLabelKey(entry.path[0] === "annotations" ? entry.name.toLowerCase() : entry.name),
    problem: (entry) => `Cannot set "${entry.name}"`,
    hint: labelKeyHint,
    refused: { annotations: { "the note": "x" } },
    accepted: { annotations: { "example.com/the-note": "x" } },
  },
  {
    code: "RJ106",
    refuses: "labels with a value that Kubernetes does not take",
    each: (job) => [...job.at("labels").properties, ...job.at("podLabels").properties],
    path: [],
    broken: (label) => label.fails(isLabelValue),
    problem: (label) => `Cannot set a label to "${label.text}"`,
    hint: `${labelHint}; annotations take any text`,
    refused: { labels: { team: "the ml team" } },
    accepted: { labels: { team: "the-ml-team" } },
  },
  {
    code: "RJ107",
    refuses: "labels of pods by which KubeRay and Kubernetes find them",
    each: (job) => job.at("podLabels").properties,
    path: [],
    broken: (label) =>
      label.isThere && /^(ray\.io\/|batch\.kubernetes\.io\/|job-name$|controller-uid$)/.test(label.name),
    problem: (label) =>
      `Cannot set "${label.name}" of every pod: ${label.name.startsWith("ray.io/") ? "KubeRay" : "Kubernetes"} does`,
    hint: "Use a name of your own, or set it in a pod template",
    refused: { podLabels: { "ray.io/group": "trainers" } },
    accepted: { podLabels: { team: "ml" } },
  },
];
