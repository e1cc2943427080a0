import { isPropertyMap, listOf, mapOf, type PropertyMap, type Value } from "../values/value.ts";
import { isGiven } from "./defaults.ts";
import { withPodLabels } from "./podLabels.ts";
import { rayClusterSpecOf } from "./rayClusterSpec.ts";

/**
 * The pod that submits the job in `K8sJobMode`. KubeRay gives it no more of the head than the image: on a cluster whose nodes are
 * tainted, or whose images need a secret, it would never start while the cluster is paid for. What the user says about it holds.
 */
export function submitterPodTemplateOf(inputs: PropertyMap): Value | undefined {
  const { submissionMode, submitterPodTemplate, podLabels } = inputs;
  if (isGiven(submissionMode) && submissionMode !== "K8sJobMode") return submitterPodTemplate;
  const head = headPodOf(inputs);
  if (isPropertyMap(submitterPodTemplate) && isGiven(submitterPodTemplate)) {
    return withPodLabels(completed(submitterPodTemplate, head), inputs);
  }
  if (isGiven(submitterPodTemplate)) return submitterPodTemplate;
  const [pod, container] = [inheritedByPod(head), inheritedByContainer(head)];
  if (!isGiven(pod) && !isGiven(container) && !isGiven(podLabels)) return undefined;
  const spec: PropertyMap = { ...pod, restartPolicy, containers: [{ ...usual, image: imageOf(head), ...container }] };
  return withPodLabels({ spec }, inputs);
}

function completed(template: PropertyMap, head: PropertyMap): PropertyMap {
  const spec = mapOf(template.spec);
  const [submitter, ...others] = listOf(spec.containers);
  if (submitter === undefined) return template;
  const container = unlessSaid(mapOf(submitter), { image: imageOf(head), ...inheritedByContainer(head) });
  const pod = unlessSaid(spec, { restartPolicy, ...inheritedByPod(head) });
  return { ...template, spec: { ...pod, containers: [container, ...others] } };
}

function unlessSaid(said: PropertyMap, inherited: PropertyMap): PropertyMap {
  const more = Object.entries(inherited).filter(([name, value]) => isGiven(value) && !isGiven(said[name]));
  return { ...said, ...Object.fromEntries(more) };
}

function headPodOf(inputs: PropertyMap): PropertyMap {
  const { headGroupSpec } = mapOf(rayClusterSpecOf(inputs));
  return mapOf(mapOf(mapOf(headGroupSpec).template).spec);
}

// The first container is the one that runs Ray.
function rayContainerOf(head: PropertyMap): PropertyMap {
  return mapOf(listOf(head.containers)[0]);
}

function imageOf(head: PropertyMap): Value | undefined {
  return rayContainerOf(head).image;
}

/** Where it may run, as whom, and how its image is got; nothing of what the head computes with, such as GPUs. */
function inheritedByPod(head: PropertyMap): PropertyMap {
  return only(["imagePullSecrets", "serviceAccountName", "tolerations", "nodeSelector", "securityContext"], head);
}

function inheritedByContainer(head: PropertyMap): PropertyMap {
  return only(["imagePullPolicy", "securityContext"], rayContainerOf(head));
}

function only(names: readonly string[], from: PropertyMap): PropertyMap {
  return Object.fromEntries(names.flatMap((name) => (isGiven(from[name]) ? [[name, from[name]]] : [])));
}

// Without it Kubernetes refuses the Job, and KubeRay tries for ever.
const restartPolicy = "Never";

/** What KubeRay makes by itself. */
const usual = {
  name: "ray-job-submitter",
  resources: { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "500m", memory: "200Mi" } },
};
