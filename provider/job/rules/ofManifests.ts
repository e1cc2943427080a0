import type { Code, Finding } from "../../findings/finding.ts";
import type { PropertyMap } from "../../values/value.ts";
import { isGiven } from "../defaults.ts";
import { asOfLegacyDeletion } from "./legacyDeletion.ts";

/** What the rules have found about a RayJob that is written by hand: said in its own words, without what only Pulumi minds. */
export function asOfManifest(findings: readonly Finding[], spec: PropertyMap): Finding[] {
  return findings.flatMap((finding) => {
    const { code, severity, hint } = finding;
    if (ofPulumi.includes(code) || isLeftToUser(code, spec)) return [];
    if (code === "RJ421") return [asOfLegacyDeletion(finding, spec)];
    const said = { ...finding, hint: hints[code] ?? hint };
    if (mayBeInImage(code, spec)) return [asOfImage(said)];
    return [{ ...said, severity: taken.includes(code) ? "warning" : severity }];
  });
}

/** What KubeRay does where nothing is said, and this package would not: it costs money, or never ends. */
export function manifestWarnings(spec: PropertyMap): Finding[] {
  const isAttached = isGiven(spec.clusterSelector);
  const isForgotten = spec.shutdownAfterJobFinishes !== true && !isGiven(spec.deletionStrategy);
  return isForgotten && !isAttached ? [forgotten] : [];
}

const forgotten: Finding = {
  code: "RJ411",
  severity: "warning",
  path: ["shutdownAfterJobFinishes"],
  problem: "The cluster runs on when the job is over",
  hint: 'Set "shutdownAfterJobFinishes" to true',
};

// Labels that are kept for this package, what a deployment waits for or would lose sight of, and what Kueue says itself of a
// job that stands in the cluster.
const ofPulumi: readonly Code[] = ["RJ104", "RJ124", "RJ432", "RJ604"];

// KubeRay takes it, and clusters are left behind; or newer Ray takes it, and anyone can alter it on its way.
const taken: readonly Code[] = ["RJ423", "RJ504"];

/** Whether it is about the runtime environment where whoever submits the job has one of their own: KubeRay hands none on. */
function isLeftToUser(code: Code, { submissionMode }: PropertyMap): boolean {
  return submissionMode === "InteractiveMode" && ofFiles.includes(code);
}

/** Whether it is about a file that can be in the image of the pod in which Ray looks for it: no directory is taken from the head. */
function mayBeInImage(code: Code, { submissionMode }: PropertyMap): boolean {
  return ofFiles.includes(code) && !(code === "RJ503" && submissionMode === "HTTPMode");
}

function asOfImage(finding: Finding): Finding {
  const hint = `${finding.hint}; if the image has it, --allow ${finding.code} silences this`;
  return { ...finding, severity: "warning", hint };
}

const ofFiles: readonly Code[] = ["RJ503", "RJ515"];

const hints: { readonly [Of in Code]?: string } = {
  RJ101: 'Shorten "name"',
  RJ301: 'Set "rayClusterSpec" to make one, or "clusterSelector" to use one',
  RJ304: 'Set "ray.io/cluster" to the name of the cluster',
  RJ386: "Make sure that cert-manager is installed; if it is, --allow RJ386 silences this",
  RJ441:
    'Use "shutdownAfterJobFinishes", or KubeRay 1.6 or newer, or switch the gate on and say so with --feature-gates',
  RJ443: "Drop it, or switch the gate on and say so with --feature-gates",
  RJ502: 'Write names and values, such as "pip: [numpy]"',
  RJ515: 'Write what is in it, such as "pip: [numpy]"',
  RJ811:
    "If it is secret, put it into a Kubernetes Secret, and let the containers of head and workers take it from there " +
    '("valueFrom.secretKeyRef")',
  RJ503: "Zip the directory, store the file where the nodes can read it, and point to it",
};
