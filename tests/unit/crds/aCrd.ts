import type { Condition, Crd, ManagedFields } from "../../../provider/crds/crd.ts";
import { versionAnnotation } from "../../../provider/crds/crd.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";

/** A small CRD, served, to be told what matters to a test. */
export function aCrd(name: string): CrdBuilder {
  return new CrdBuilder(name);
}

class CrdBuilder implements Crd {
  readonly apiVersion = "apiextensions.k8s.io/v1";
  readonly kind = "CustomResourceDefinition";
  metadata: Crd["metadata"];
  spec: Crd["spec"];
  status: NonNullable<Crd["status"]> = {
    conditions: [
      { type: "NamesAccepted", status: "True" },
      { type: "Established", status: "True" },
    ],
  };

  constructor(name: string) {
    this.metadata = { name };
    const [plural = ""] = name.split(".");
    this.spec = { group: "ray.io", names: { kind: "RayThing", plural }, versions: [{ name: "v1" }] };
  }

  ofKubeRay(version: string): this {
    this.metadata = { ...this.metadata, annotations: { [versionAnnotation]: version } };
    return this;
  }

  managedBy(...managedFields: readonly ManagedFields[]): this {
    this.metadata = { ...this.metadata, managedFields };
    return this;
  }

  /** The properties of the version's schema. */
  with(properties: PropertyMap, version = "v1"): this {
    const others = this.spec.versions.filter(({ name }) => name !== version);
    this.spec = { ...this.spec, versions: [...others, { name: version, schema: { openAPIV3Schema: { properties } } }] };
    return this;
  }

  having(...conditions: readonly Condition[]): this {
    this.status = { conditions };
    return this;
  }
}
