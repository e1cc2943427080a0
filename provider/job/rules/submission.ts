import { suggestionOf } from "../../findings/closest.ts";
import { controllers, submissionModes } from "../args.ts";
import { attached, clusterOf, clusterWithHead, podOf } from "./examples.ts";
import { headOf, isAttached, modeOf, podSpecOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** How the job gets to Ray. */
export const submissionRules: readonly Rule[] = [
  {
    code: "RJ201",
    refuses: "a job without anything to run (E2)",
    path: ["entrypoint"],
    broken: (job) =>
      (job.at("entrypoint").text ?? "").trim() === "" && modeOf(job) !== "InteractiveMode" && !submits(job),
    problem: 'Cannot submit a job without an "entrypoint"',
    hint: 'Set "entrypoint" to the command that Ray runs, such as "python train.py"',
    refused: { entrypoint: " " },
    accepted: { entrypoint: null, submissionMode: "InteractiveMode" },
  },
  {
    code: "RJ202",
    refuses: "a submission mode that KubeRay takes for none: it would make the cluster and submit nothing (E1)",
    path: ["submissionMode"],
    broken: (job) => !modes.includes(modeOf(job)),
    problem: (job) => `There is no submission mode "${modeOf(job)}"`,
    hint: (job) => suggestionOf(modeOf(job), modes),
    refused: { submissionMode: "HttpsMode" },
    accepted: { submissionMode: "HTTPMode" },
  },
  {
    code: "RJ203",
    refuses: "settings of a submitter pod where there is none (J24)",
    each: (job) => [job.at("submitterPodTemplate"), job.at("submitterConfig")],
    path: [],
    broken: (setting, job) => setting.isSent && modeOf(job) === "SidecarMode",
    problem: (setting) => `Cannot use "${setting.name}" in SidecarMode: the job is submitted from the head pod`,
    hint: (setting) => `Drop "${setting.name}", or use K8sJobMode`,
    refused: { submissionMode: "SidecarMode", submitterConfig: { backoffLimit: 1 } },
    accepted: { submissionMode: "K8sJobMode", submitterConfig: { backoffLimit: 1 } },
  },
  {
    code: "RJ204",
    refuses: "a head pod that restarts its submitter (J25)",
    path: ["rayClusterSpec", "headGroupSpec", "template", "spec", "restartPolicy"],
    broken: (job) => modeOf(job) === "SidecarMode" && !["Never", ""].includes(headRestartPolicyOf(job)),
    problem: (job) =>
      `The head pod cannot have the restart policy "${headRestartPolicyOf(job)}" in SidecarMode: it would submit the job again`,
    hint: 'Set "restartPolicy" to "Never", or drop it',
    refused: {
      submissionMode: "SidecarMode",
      ...clusterWithHead({ template: podOf("ray-head", {}, { restartPolicy: "Always" }) }),
    },
    accepted: {
      submissionMode: "SidecarMode",
      ...clusterWithHead({ template: podOf("ray-head", {}, { restartPolicy: "Never" }) }),
    },
  },
  {
    code: "RJ205",
    refuses: "a sidecar in the head pod of a cluster that is there already (J21)",
    path: ["submissionMode"],
    broken: (job) => modeOf(job) === "SidecarMode" && isAttached(job),
    problem: "Cannot use SidecarMode on an existing cluster: its head pod runs already",
    hint: "Use K8sJobMode or HTTPMode",
    refused: { submissionMode: "SidecarMode", ...attached },
    accepted: { submissionMode: "HTTPMode", ...attached },
  },
  {
    code: "RJ206",
    refuses: "retries of a job that is submitted by hand (J23)",
    path: ["backoffLimit"],
    broken: (job) => modeOf(job) === "InteractiveMode" && (job.at("backoffLimit").number ?? 0) > 0,
    problem: (job) =>
      `Cannot retry ${job.at("backoffLimit").number} times in InteractiveMode: KubeRay cannot submit the job`,
    hint: 'Drop "backoffLimit", or use another submission mode',
    refused: { submissionMode: "InteractiveMode", backoffLimit: 2 },
    accepted: { submissionMode: "HTTPMode", backoffLimit: 2 },
  },
  {
    code: "RJ207",
    refuses: "a controller that KubeRay does not know (J29)",
    path: ["managedBy"],
    broken: (job) => isForeign(job.at("managedBy")),
    problem: (job) => `Cannot be managed by "${job.at("managedBy").text}"`,
    hint: (job) => suggestionOf(job.at("managedBy").text ?? "", managers),
    refused: { managedBy: "kueue" },
    accepted: { managedBy: "kueue.x-k8s.io/multikueue" },
  },
  {
    code: "RJ208",
    refuses: "metadata on a cluster that is there already: KubeRay 1.6 leaves it out (E22)",
    severity: "warning",
    path: ["metadata"],
    broken: (job) => job.at("metadata").isGiven && isAttached(job),
    problem: 'KubeRay before 1.7 leaves "metadata" out on an existing cluster',
    hint: 'Drop "metadata", or make a cluster with "rayClusterSpec"',
    refused: { ...attached, metadata: { team: "ml" } },
    accepted: { metadata: { team: "ml" }, ...clusterOf({ rayVersion: "2.52.0" }) },
  },
  {
    code: "RJ209",
    refuses: "an id that KubeRay pastes into a script, where the submitter's shell would read it",
    path: ["jobId"],
    broken: (job) => isInScript(job) && job.at("jobId").fails((id) => /^[\w.-]+$/.test(id)),
    problem: (job) =>
      `Cannot submit the job as "${job.at("jobId").text}": KubeRay pastes the id into a script, and a shell reads it`,
    hint: 'Use letters, digits, dots, dashes and underscores, or drop "jobId": KubeRay makes one',
    refused: { jobId: "train 7" },
    accepted: { jobId: "train-7.a_b" },
  },
];

const modes: readonly string[] = submissionModes;
const managers: readonly string[] = controllers;

function isForeign({ text, isSent }: Place): boolean {
  return text !== undefined && isSent && !managers.includes(text);
}

function headRestartPolicyOf(job: Place): string {
  return podSpecOf(headOf(job)).at("restartPolicy").text ?? "";
}

/** Whether KubeRay writes the submitter's script. */
function isInScript(job: Place): boolean {
  return ["K8sJobMode", "SidecarMode"].includes(modeOf(job)) && !submits(job);
}

/** Whether the submitter's pod has a command of its own; in other modes there is no such pod. */
function submits(job: Place): boolean {
  return modeOf(job) === "K8sJobMode" && job.at("submitterPodTemplate", "spec", "containers", 0, "command").isGiven;
}
