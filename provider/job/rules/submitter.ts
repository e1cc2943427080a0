import type { PropertyMap } from "../../values/value.ts";
import { attached, clusterOf, podOf } from "./examples.ts";
import { headOf, isAttached, isBefore, modeOf, rayContainerOf, rayVersionOf, textAt } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** What the submitter tells Ray, and the pod in which it runs. */
export const submitterRules: readonly Rule[] = [
  {
    code: "RJ221",
    refuses: "resources that Ray cannot read (E3)",
    path: ["entrypointResources"],
    broken: (job) => job.at("entrypointResources").fails(isMapOfNumbers),
    problem: 'Cannot read "entrypointResources" as a JSON object of numbers',
    hint: `Write names and numbers, such as '{"accelerator": 1}'`,
    refused: { entrypointResources: '{"accelerator": "1"}' },
    accepted: { entrypointResources: '{"accelerator": 1}' },
  },
  {
    code: "RJ222",
    // KubeRay cannot make the submitter's command, tries for ever, and the cluster runs meanwhile.
    refuses: "metadata that KubeRay does not hand on without a Ray version that takes it (E22)",
    path: ["rayClusterSpec", "rayVersion"],
    broken: (job) => {
      if (!job.at("metadata").isGiven || isAttached(job) || modeOf(job) === "InteractiveMode") return false;
      const version = rayVersionOf(job);
      if (version !== "") return !takesMetadata(version);
      return isBefore("1.7.0", job) || !job.at("kubeRayVersion").isThere;
    },
    problem: (job) =>
      rayVersionOf(job) === ""
        ? 'KubeRay cannot submit a job with "metadata" without a "rayVersion"'
        : `Cannot give "metadata" to a job on Ray ${rayVersionOf(job)}`,
    hint: 'Set "rayVersion" to that of the image, 2.6.0 or newer, in numbers alone',
    refused: { metadata: { team: "ml" }, ...clusterOf({}) },
    accepted: { metadata: { team: "ml" }, ...clusterOf({ rayVersion: "2.52.0" }) },
  },
  {
    code: "RJ223",
    refuses: "a submitter without a container, which it is submitted from (E4)",
    path: ["submitterPodTemplate", "spec", "containers"],
    broken: (job) => hasPod(job) && !templateOf(job).at("spec", "containers").isGiven,
    problem: "The submitter's pod has no container",
    hint: "Add a container whose image has Ray",
    refused: { submitterPodTemplate: { spec: { restartPolicy: "Never", containers: [] } } },
    accepted: { submitterPodTemplate: submitter() },
  },
  {
    code: "RJ224",
    // Kubernetes refuses the Job, and KubeRay tries for ever while the cluster runs.
    refuses: "a submitter that Kubernetes would start again and again (E4)",
    path: ["submitterPodTemplate", "spec", "restartPolicy"],
    broken: (job) => hasPod(job) && !["Never", "OnFailure"].includes(restartPolicyOf(job)),
    problem: 'A submitter needs the restart policy "Never" or "OnFailure"',
    hint: 'Set "restartPolicy" to "Never"; "submitterConfig.backoffLimit" says how often it is tried again',
    refused: { submitterPodTemplate: podOf("submitter", {}, { restartPolicy: "Always" }) },
    accepted: { submitterPodTemplate: podOf("submitter") },
  },
  {
    code: "RJ225",
    refuses: "a submitter without an image (E4)",
    each: containersOf,
    path: ["image"],
    broken: (container, job) => hasPod(job) && !container.at("image").isGiven && !takesHeadsImage(container, job),
    problem: (container) =>
      isSubmitter(container)
        ? "There is no image for the submitter: KubeRay takes the head's only where there is no template"
        : `There is no image for the container "${container.at("name").text ?? container.name}" beside the submitter`,
    hint: (container) =>
      isSubmitter(container) ? 'Set "image" to the head\'s: it must have the same Ray' : 'Set "image"',
    refused: { ...attached, submitterPodTemplate: submitter({ image: "" }) },
    accepted: { submitterPodTemplate: submitter({ image: "" }) },
  },
];

function templateOf(job: Place): Place {
  return job.at("submitterPodTemplate");
}

function containersOf(job: Place): readonly Place[] {
  return templateOf(job).at("spec", "containers").items;
}

/** Whether the template is used: in the other modes nobody looks at it. */
function hasPod(job: Place): boolean {
  return templateOf(job).isSent && modeOf(job) === "K8sJobMode";
}

/** Where it is not said, this package says "Never"; in a manifest Kubernetes' own default counts. */
function restartPolicyOf(job: Place): string {
  return textAt(templateOf(job).at("spec"), "restartPolicy") || (job.isOfManifest ? "Always" : "Never");
}

/** Whether this package gives the container the head's image. */
function takesHeadsImage(container: Place, job: Place): boolean {
  return isSubmitter(container) && !job.isOfManifest && rayContainerOf(headOf(job)).at("image").isGiven;
}

/** The first container submits the job. */
function isSubmitter(container: Place): boolean {
  return container.name === "0";
}

/** KubeRay compares by semver, to which anything before a release is none that is new enough. */
function takesMetadata(version: string): boolean {
  const [, major, minor = "0"] = release.exec(version) ?? [];
  return major !== undefined && (Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 6));
}

const release = /^v?(\d+)(?:\.(\d+)(?:\.\d+)?)?(?:\+[0-9A-Za-z.-]+)?$/;

function isMapOfNumbers(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && !!value && !Array.isArray(value) && Object.values(value).every(Number.isFinite);
  } catch {
    return false;
  }
}

function submitter(container: PropertyMap = {}): PropertyMap {
  return podOf("submitter", container, { restartPolicy: "Never" });
}
