import type { PropertyMap } from "../../values/value.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** Whether Kubernetes can name a volume so. */
export function isVolumeName(name: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
}

/** Whether Kubernetes can mount something there. */
export function isMountPath(path: string): boolean {
  return path.startsWith("/") && !path.includes(":");
}

export const volumeNameHint = "Use at most 63 lower-case letters, digits and dashes, with no dash first or last";
export const mountPathHint = "Write an absolute path without a colon, such as `/data`";

/** What this package puts into the pods of the cluster. */
export const mountRules: readonly Rule[] = [
  {
    code: "RJ701",
    refuses: "mounts on a cluster that is there already: its pods cannot get any",
    path: ["mounts"],
    broken: (job) => job.at("mounts").isGiven && clusters.some((name) => job.at(name).isGiven),
    problem: "Cannot mount a claim into the pods of an existing cluster",
    hint: 'Drop "mounts", and mount the claim where the cluster is made',
    refused: { rayClusterSpec: null, existingCluster: "shared", mounts: { data: mountAt("/data") } },
    accepted: { mounts: { data: mountAt("/data") } },
  },
  {
    code: "RJ702",
    refuses: "a mount whose volume is there already",
    each: (job) => job.at("mounts").properties,
    path: [],
    broken: (mount, job) =>
      podsOf(job).some((pod) => pod.at("volumes").items.some((each) => isNamed(each, mount.name))),
    problem: (mount) => `Cannot add the volume "${mount.name}": a pod template has one of that name`,
    hint: "Give the mount another name, or drop the volume from the template",
    refused: { ...clusterWithVolume("data"), mounts: { data: mountAt("/data") } },
    accepted: { ...clusterWithVolume("scratch"), mounts: { data: mountAt("/data") } },
  },
  {
    code: "RJ703",
    refuses: "a mount that Kubernetes cannot name a volume after",
    each: (job) => job.at("mounts").properties,
    path: [],
    broken: (mount) => !isVolumeName(mount.name),
    problem: (mount) => `Cannot name a volume "${mount.name}"`,
    hint: volumeNameHint,
    refused: { mounts: { my_data: mountAt("/data") } },
    accepted: { mounts: { "my-data": mountAt("/data") } },
  },
  {
    code: "RJ704",
    refuses: "a mount that is nowhere in the container",
    each: (job) => job.at("mounts").properties,
    path: ["mountPath"],
    broken: (mount) => mount.at("mountPath").fails(isMountPath),
    problem: (mount) => `Cannot mount a claim at "${mount.at("mountPath").text}"`,
    hint: mountPathHint,
    refused: { mounts: { data: mountAt("data") } },
    accepted: { mounts: { data: mountAt("/data") } },
  },
  {
    code: "RJ705",
    refuses: "two mounts at one place",
    each: (job) => job.at("mounts").properties,
    path: ["mountPath"],
    broken: (mount, job) =>
      job.at("mounts").properties.some((other) => other.name < mount.name && samePath(other, mount)),
    problem: (mount) => `Something else is mounted at "${mount.at("mountPath").text}"`,
    hint: "Mount it at another path",
    refused: { mounts: { first: mountAt("/data"), second: mountAt("/data") } },
    accepted: { mounts: { first: mountAt("/data"), second: mountAt("/data/second") } },
  },
  {
    code: "RJ706",
    refuses: "a service account for the pods of a cluster that is there already",
    path: ["serviceAccountName"],
    broken: (job) => job.at("serviceAccountName").isGiven && clusters.some((name) => job.at(name).isGiven),
    problem: "Cannot give a service account to the pods of an existing cluster",
    hint: 'Drop "serviceAccountName", and set it where the cluster is made',
    refused: { rayClusterSpec: null, existingCluster: "shared", serviceAccountName: "ray" },
    accepted: { serviceAccountName: "ray" },
  },
];

const clusters = ["existingCluster", "clusterSelector"];

function podsOf(job: Place): readonly Place[] {
  const cluster = job.at("rayClusterSpec");
  const groups = [cluster.at("headGroupSpec"), ...cluster.at("workerGroupSpecs").items];
  return groups.map((group) => group.at("template", "spec"));
}

function isNamed(volume: Place, name: string): boolean {
  return volume.at("name").text === name;
}

function samePath(other: Place, mount: Place): boolean {
  return mount.at("mountPath").isGiven && other.at("mountPath").text === mount.at("mountPath").text;
}

function mountAt(mountPath: string): PropertyMap {
  return { claimName: "claim", mountPath };
}

function clusterWithVolume(name: string): PropertyMap {
  const containers = [{ name: "ray-head", image: "rayproject/ray:2.52.0" }];
  return {
    rayClusterSpec: { headGroupSpec: { template: { spec: { containers, volumes: [{ name, emptyDir: {} }] } } } },
  };
}
