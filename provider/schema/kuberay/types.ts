import { changeOf } from "../../job/changes.ts";
import { type Field, type FieldType, type KubeRayFields, sinceOf, typeOf } from "../../job/spec/fields.ts";
import { asText, type EnumSpec, enumValue, type ObjectSpec, type PropertySpec, type TypeSpec } from "../interfaces.ts";
import { type KubeRayEnum, kubeRayEnums, sharedEnums } from "./enums.ts";
import { kubernetesTypes } from "./kubernetesTypes.ts";
import type { KubeRayObject } from "./objects/object.ts";
import { kubeRayObjects } from "./objects.ts";

/** Makes KubeRay's objects types of the package's schema, and knows which one an argument has. */
export class KubeRayTypeReader {
  readonly types: Record<string, ObjectSpec | EnumSpec> = {};
  readonly #fields: KubeRayFields;
  readonly #packageName: string;
  readonly #kubernetesVersion: string;

  constructor(fields: KubeRayFields, packageName: string, kubernetesVersion: string) {
    this.#fields = fields;
    this.#packageName = packageName;
    this.#kubernetesVersion = kubernetesVersion;
  }

  /** The type of a field of the spec that is an object of KubeRay's or Kubernetes'. */
  typeOfArgument(name: string): TypeSpec {
    return this.#typeAt(name, typeOf(this.#fieldsOf(this.#fields.root)[name]));
  }

  #typeAt(path: string, index: number): TypeSpec {
    const kubernetesType = kubernetesTypes[path];
    if (kubernetesType !== undefined) return { $ref: this.#kubernetesReference(kubernetesType) };
    const shared = sharedEnums[path];
    if (shared !== undefined) return asText(this.#referenceTo(shared));
    const { type, of = -1, enum: allowed } = this.#typeOf(index);
    const said = kubeRayEnums.find(({ at }) => at.includes(path));
    if (allowed !== undefined || said !== undefined) return this.#enumAt(path, said, allowed);
    switch (type) {
      case "object":
        return this.#objectAt(path, index);
      case "list":
        return { type: "array", items: this.#typeAt(`${path}[]`, of) };
      case "map":
        return { type: "object", additionalProperties: this.#typeAt(`${path}{}`, of) };
      case "integerOrString":
      case "quantity":
        return { type: "string" };
      case "any":
        return { $ref: "pulumi.json#/Any" };
      default:
        return { type };
    }
  }

  #objectAt(path: string, index: number): TypeSpec {
    const said = kubeRayObjects.find(({ at }) => at.includes(path));
    if (said === undefined) throw new Error(`KubeRay's object ${path} has no name and no description`);
    const inside = this.#fieldsOf(index);
    assertSame(path, Object.keys(inside), Object.keys(said.fields));
    const properties = Object.entries(inside).map(([name, field]): [string, PropertySpec] => [
      name,
      this.#propertyAt(`${path}.${name}`, name, said, field),
    ]);
    const { required: known = [] } = this.#typeOf(index);
    const required = known.filter((name) => !optional.includes(`${path}.${name}`));
    return this.#add(said.name, {
      type: "object",
      description: `${said.description} ${effectOf(path)}`,
      properties: Object.fromEntries(properties),
      ...(required.length > 0 ? { required } : {}),
    });
  }

  #propertyAt(path: string, name: string, { fields, deprecated }: KubeRayObject, field: Field): PropertySpec {
    const deprecation = deprecated?.[name];
    return {
      ...this.#typeAt(path, typeOf(field)),
      description: described(fields[name] ?? "", field),
      ...(deprecation === undefined ? {} : { deprecationMessage: deprecation }),
    };
  }

  /** Not all words are in the CRD: some are checked by the API server's own rules, or by Kubernetes later. */
  #enumAt(path: string, said: KubeRayEnum | undefined, allowed?: readonly string[]): TypeSpec {
    if (said === undefined) throw new Error(`What KubeRay takes at ${path} has no name and no description`);
    if (allowed !== undefined) assertSame(path, allowed, Object.keys(said.values));
    const values = Object.entries(said.values).map(([value, description]) => enumValue(value, description));
    return asText(this.#add(said.name, { type: "string", description: said.description, enum: values }));
  }

  #add(name: string, type: ObjectSpec | EnumSpec): TypeSpec {
    this.types[`${this.#packageName}:index:${name}`] = type;
    return this.#referenceTo(name);
  }

  #referenceTo(name: string): TypeSpec {
    return { $ref: `#/types/${this.#packageName}:index:${name}` };
  }

  #kubernetesReference(type: string): string {
    return `/kubernetes/v${this.#kubernetesVersion}/schema.json#/types/${encodeURIComponent(`kubernetes:${type}`).replaceAll("%3A", ":")}`;
  }

  #typeOf(index: number): FieldType {
    return this.#fields.types[index] ?? { type: "any" };
  }

  #fieldsOf(index: number): Readonly<Record<string, Field>> {
    return this.#typeOf(index).fields ?? {};
  }
}

/** What KubeRay requires and this package fills in. */
const optional = ["rayClusterSpec.workerGroupSpecs[].template"];

/** What a change of a field does: that of the argument which it is part of. */
function effectOf(path: string): string {
  const [argument = ""] = path.split(/[.[{]/);
  return changeOf[argument as keyof typeof changeOf] === "rerun" ? "A change re-runs the job." : "Updated in place.";
}

function described(description: string, field: Field): string {
  const since = sinceOf(field);
  return since === undefined ? description : `${description} KubeRay ${since} or newer.`;
}

function assertSame(path: string, found: readonly string[], said: readonly string[]): void {
  const missing = found.filter((name) => !said.includes(name));
  const gone = said.filter((name) => !found.includes(name));
  if (missing.length > 0) throw new Error(`KubeRay's ${path} has no description of ${missing.join(", ")}`);
  if (gone.length > 0) throw new Error(`KubeRay's ${path} has no ${gone.join(", ")}`);
}
