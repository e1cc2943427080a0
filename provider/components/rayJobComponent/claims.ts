import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import { kubernetesNameOf } from "../../job/names.ts";
import { type Argument, givenOf } from "../argument.ts";

/** The claims of a component's volumes. */
export interface Claims {
  /** By the names of the volumes. */
  readonly names: Readonly<Record<string, Input<string>>>;
  /** Those that are made here. */
  readonly resources: readonly PersistentVolumeClaim[];
}

/** Makes a claim for each volume that does not bring one along. */
export function makeClaims(
  componentName: string,
  volumes: Argument,
  namespace: Input<string>,
  options: CustomResourceOptions,
): Claims {
  const resources: PersistentVolumeClaim[] = [];
  const names = Object.entries(volumes.properties).map(([volumeName, volume]) => {
    const existing = volume.at("existingClaim").text;
    if (existing !== undefined) return [volumeName, existing] as const;
    const claim = makeClaim(kubernetesNameOf(`${componentName}-${volumeName}`), volume, namespace, options);
    resources.push(claim);
    return [volumeName, claim.metadata.name] as const;
  });
  return { names: Object.fromEntries(names), resources };
}

/** The claims as a job's `mounts`. */
export function mountsOf(volumes: Argument, { names }: Claims): Record<string, object> {
  const mounts = Object.entries(volumes.properties).map(([name, volume]) => {
    const places = givenOf({
      mountPath: volume.at("mountPath"),
      subPath: volume.at("subPath"),
      readOnly: volume.at("readOnly"),
    });
    return [name, { claimName: names[name], ...places }];
  });
  return Object.fromEntries(mounts);
}

function makeClaim(name: string, volume: Argument, namespace: Input<string>, options: CustomResourceOptions) {
  return new PersistentVolumeClaim(
    name,
    {
      metadata: { namespace },
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: volume.at("size").text ?? "" } },
        ...givenOf({ accessModes: volume.at("accessModes"), storageClassName: volume.at("storageClassName") }),
      },
    },
    { ...options, retainOnDelete: volume.at("retainOnDelete").value === true },
  );
}
