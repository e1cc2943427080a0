import type { PropertyMap } from "../../values/value.ts";
import { dnsLabelHint, isDnsLabel } from "./dnsLabel.ts";
import { attached } from "./examples.ts";
import { groupsOf, isAttached, podsOf, rayContainerOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** Whether Kubernetes can mount something there. */
export function isMountPath(path: string): boolean {
  return path.startsWith("/") && !path.includes(":");
}

export const mountPathHint = "Write an absolute path without a colon, such as `/data`";

/** What this package puts into the pods of the cluster. */
export const mountRules: readonly Rule[] = [
  {
    code: "RJ701",
    refuses: "mounts on a cluster that is there already: its pods cannot get any",
    path: ["mounts"],
    broken: (job) => job.at("mounts").isGiven && isAttached(job),
    problem: "Cannot mount a claim into the pods of an existing cluster",
    hint: 'Drop "mounts", and mount the claim where the cluster is made',
    refused: { ...attached, mounts: { data: mountAt("/data") } },
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
    refused: { ...clusterWithVolume("data"), mounts: { data: mountAt("/claim") } },
    accepted: { ...clusterWithVolume("scratch"), mounts: { data: mountAt("/data") } },
  },
  {
    code: "RJ703",
    refuses: "a mount that Kubernetes cannot name a volume after",
    each: (job) => job.at("mounts").properties,
    path: [],
    broken: (mount) => !isDnsLabel(mount.name),
    problem: (mount) => `Cannot name a volume "${mount.name}"`,
    hint: dnsLabelHint,
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
    broken: (mount, job) => [...earlierMounts(mount, job), ...mountsOfRay(job)].some((other) => samePath(other, mount)),
    problem: (mount) => `Something else is mounted at "${mount.at("mountPath").text}"`,
    hint: "Mount it at another path",
    refused: { mounts: { data: mountAt("/scratch") }, ...clusterWithVolume("scratch") },
    accepted: { mounts: { first: mountAt("/data"), second: mountAt("/data/second") }, ...clusterWithVolume("scratch") },
  },
  {
    code: "RJ706",
    refuses: "a service account for the pods of a cluster that is there already",
    path: ["serviceAccountName"],
    broken: (job) => job.at("serviceAccountName").isGiven && isAttached(job),
    problem: "Cannot give a service account to the pods of an existing cluster",
    hint: 'Drop "serviceAccountName", and set it where the cluster is made',
    refused: { ...attached, serviceAccountName: "ray" },
    accepted: { serviceAccountName: "ray" },
  },
];

function earlierMounts(mount: Place, job: Place): readonly Place[] {
  return job.at("mounts").properties.filter((other) => other.name < mount.name);
}

/** Those of the templates. */
export function mountsOfRay(job: Place): readonly Place[] {
  return groupsOf(job).flatMap((group) => rayContainerOf(group).at("volumeMounts").items);
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
  const volumeMounts = [{ name, mountPath: `/${name}` }];
  const containers = [{ name: "ray-head", image: "rayproject/ray:2.52.0", volumeMounts }];
  return {
    rayClusterSpec: { headGroupSpec: { template: { spec: { containers, volumes: [{ name, emptyDir: {} }] } } } },
  };
}
