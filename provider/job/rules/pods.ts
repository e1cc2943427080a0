import { isKnown, type Value } from "../../values/value.ts";
import { clusterOf, clusterWithHead, podOf } from "./examples.ts";
import { groupsOf, headOf, podSpecOf, rayContainerOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

const withGpu = { resources: { limits: { "nvidia.com/gpu": "1" } } };

/** The pods of the cluster that is made. */
export const podRules: readonly Rule[] = [
  {
    code: "RJ362",
    // Kubernetes refuses the pod; KubeRay tries again and again, and the job stays in Initializing.
    refuses: "a container without an image",
    each: (job) => groupsOf(job).flatMap((group) => podSpecOf(group).at("containers").items),
    path: ["image"],
    broken: (container) => !container.at("image").isGiven,
    problem: (container) => `There is no image for the container "${container.at("name").text ?? container.name}"`,
    hint: 'Set "image", such as "rayproject/ray:2.52.0"',
    refused: clusterWithHead({ template: { spec: { containers: [{ name: "ray-head" }] } } }),
    accepted: clusterWithHead({ template: podOf("ray-head") }),
  },
  {
    code: "RJ363",
    // The Service of the head then has these ports alone, and KubeRay looks for one of this name: the job stays in
    // Initializing until its deadline.
    refuses: "ports of the head among which KubeRay would not find Ray's dashboard (E5)",
    each: (job) => [rayContainerOf(headOf(job)).at("ports")],
    path: [],
    broken: (ports) => ports.isGiven && !ports.items.some((port) => port.at("name").text === "dashboard"),
    problem: 'Cannot find the dashboard: none of the head\'s ports has the name "dashboard"',
    hint: "Add { name: dashboard, containerPort: 8265 }, or drop all ports: KubeRay then opens Ray's own",
    refused: clusterWithHead({ template: podOf("ray-head", { ports: [{ containerPort: 8265 }] }) }),
    accepted: clusterWithHead({ template: podOf("ray-head", { ports: [{ containerPort: 8265, name: "dashboard" }] }) }),
  },
  {
    code: "RJ364",
    refuses: "one Service for the clusters of all attempts (E19)",
    severity: "warning",
    path: ["rayClusterSpec", "headGroupSpec", "headService", "metadata", "name"],
    broken: (job) => serviceNameOf(job).isGiven && (job.at("backoffLimit").number ?? 0) > 0,
    problem: (job) => `Two attempts cannot have the Service "${serviceNameOf(job).text}" at once`,
    hint: "Drop the name: KubeRay gives each cluster a Service of its own, and the job one that stays",
    refused: { backoffLimit: 2, ...clusterWithHead({ headService: { metadata: { name: "ray" } } }) },
    accepted: { backoffLimit: 0, ...clusterWithHead({ headService: { metadata: { name: "ray" } } }) },
  },
  {
    code: "RJ365",
    refuses: "a GPU for the entrypoint that no node of the cluster has (E13)",
    severity: "warning",
    path: ["entrypointNumGpus"],
    broken: (job) =>
      (job.at("entrypointNumGpus").number ?? 0) > 0 && groupsOf(job).length > 0 && !groupsOf(job).some(hasGpus),
    problem: (job) => `No node has any of the ${job.at("entrypointNumGpus").number} GPUs that "entrypoint" reserves`,
    hint: "Give the container of a group a limit of GPUs, such as nvidia.com/gpu: 1",
    refused: { entrypointNumGpus: 1, ...clusterOf({}) },
    accepted: { entrypointNumGpus: 1, ...clusterWithHead({ template: podOf("ray-head", withGpu) }) },
  },
];

function serviceNameOf(job: Place): Place {
  return headOf(job).at("headService", "metadata", "name");
}

/** However it is said: to Kubernetes, to KubeRay or to Ray. */
function hasGpus(group: Place): boolean {
  const { limits, requests } = rayContainerOf(group).at("resources").map;
  const said: (Value | undefined)[] = [limits, requests, group.at("resources").value, group.at("rayStartParams").value];
  return said.some((resources) => !isKnown(resources) || /gpu|tpu|neuron/i.test(JSON.stringify(resources ?? {})));
}
