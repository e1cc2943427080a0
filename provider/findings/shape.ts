import { isArchive } from "../values/archive.ts";
import type { PropertyPath } from "../values/path.ts";
import { isList, isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../values/value.ts";
import { closestOf } from "./closest.ts";
import type { Finding } from "./finding.ts";

/** The part of a Pulumi package schema that describes values. */
export interface PackageSchema {
  readonly resources?: Readonly<Record<string, ResourceSpec>>;
  readonly types?: Readonly<Record<string, ObjectSpec>>;
}

export interface ResourceSpec {
  readonly inputProperties?: Readonly<Record<string, TypeSpec>>;
  readonly requiredInputs?: readonly string[];
}

export interface ObjectSpec {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, TypeSpec>>;
  readonly required?: readonly string[];
}

export interface TypeSpec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
}

/**
 * Compares a resource's inputs with the package's schema: unknown properties, missing ones and wrong types, at any depth.
 * Sentences name types, never values.
 */
export function shapeFindings(inputs: PropertyMap, schema: PackageSchema, token: string): Finding[] {
  const resource = schema.resources?.[token];
  if (resource === undefined) throw new Error(`Internal error: the schema has no resource ${token}`);
  const { inputProperties = {}, requiredInputs = [] } = resource;
  return ofObject(inputs, { properties: inputProperties, required: requiredInputs }, [], schema);
}

function ofValue(value: Value | undefined, type: TypeSpec, path: PropertyPath, schema: PackageSchema): Finding[] {
  if (value === undefined || value === null || value === UNKNOWN) return [];
  if (type.oneOf !== undefined) return ofOneOf(value, type.oneOf, path, schema);
  if (type.$ref !== undefined) return ofReference(value, type.$ref, path, schema);
  if (!hasType(value, type.type ?? "object")) return [wrongType(value, wanted(type, schema), path)];
  if (isList(value)) return value.flatMap((each, index) => ofElement(each, type.items ?? {}, [...path, index], schema));
  if (!isPropertyMap(value)) return [];
  const { additionalProperties } = type;
  if (additionalProperties === undefined) return [];
  return Object.entries(value).flatMap(([name, each]) => ofValue(each, additionalProperties, [...path, name], schema));
}

/** Of a list's elements none is left out, as what is null elsewhere is. */
function ofElement(element: Value, type: TypeSpec, path: PropertyPath, schema: PackageSchema): Finding[] {
  const takesAnything = type.$ref !== undefined && localType(type.$ref, schema) === undefined;
  if (element !== null || takesAnything) return ofValue(element, type, path, schema);
  return [wrongType(element, wantedOf(type.oneOf ?? [type], schema), path)];
}

function ofReference(value: Value, reference: string, path: PropertyPath, schema: PackageSchema): Finding[] {
  if (reference === "pulumi.json#/Archive") return isArchive(value) ? [] : [wrongType(value, "an archive", path)];
  const object = localType(reference, schema);
  if (object === undefined) return []; // pulumi.json#/Any, assets, and types of other packages
  if (object.properties === undefined) return ofValue(value, { type: object.type ?? "object" }, path, schema);
  return isPropertyMap(value) ? ofObject(value, object, path, schema) : [wrongType(value, "an object", path)];
}

function ofObject(value: PropertyMap, object: ObjectSpec, path: PropertyPath, schema: PackageSchema): Finding[] {
  const { properties = {}, required = [] } = object;
  const names = Object.keys(properties);
  const inside = Object.entries(value).flatMap(([name, each]) => {
    if (each === undefined || each === null) return [];
    const type = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return type === undefined ? [unknownProperty(name, names, path)] : ofValue(each, type, [...path, name], schema);
  });
  const missing = required.filter((name) => value[name] === undefined || value[name] === null);
  return [...inside, ...missing.map((name) => missingProperty(name, path))];
}

function ofOneOf(value: Value, types: readonly TypeSpec[], path: PropertyPath, schema: PackageSchema): Finding[] {
  const attempts = types.map((type) => ofValue(value, type, path, schema));
  if (attempts.some((findings) => findings.length === 0)) return [];
  // Of the alternatives, the one whose outer type fits is the one that was meant.
  const inside = attempts.find((findings) => findings.every((finding) => finding.path.length > path.length));
  return inside ?? [wrongType(value, wantedOf(types, schema), path)];
}

function localType(reference: string, { types = {} }: PackageSchema): ObjectSpec | undefined {
  const token = /^#\/types\/(.*)$/.exec(reference)?.[1];
  return token === undefined ? undefined : types[decodeURIComponent(token)];
}

function hasType(value: Value, type: string): boolean {
  return type === "integer" ? Number.isInteger(value) : typeOf(value) === type;
}

function typeOf(value: Value): string {
  if (value === null) return "null";
  return isList(value) ? "array" : typeof value;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  integer: "an integer",
  boolean: "true or false",
  array: "a list",
  null: "null",
  object: "an object",
};

function wantedOf(types: readonly TypeSpec[], schema: PackageSchema): string {
  const names = new Set(types.map((type) => wanted(type, schema))); // an enum is a text, too
  return [...names].join(" or ");
}

function wanted(type: TypeSpec, schema: PackageSchema): string {
  if (type.$ref === "pulumi.json#/Archive") return "an archive";
  const name = type.type ?? (type.$ref === undefined ? "object" : (localType(type.$ref, schema)?.type ?? "object"));
  return typeNames[name] ?? name;
}

function wrongType(value: Value, expected: string, path: PropertyPath): Finding {
  const name = path.findLast((element) => typeof element === "string");
  const what = typeof path.at(-1) === "number" ? `An element of "${name}"` : `"${name}"`;
  return {
    code: "RJ002",
    severity: "error",
    path,
    problem: `${what} must be ${expected}, but is ${typeNames[typeOf(value)]}${fraction(value, expected)}`,
    hint: hintFor(value, expected),
  };
}

function fraction(value: Value, expected: string): string {
  return typeof value === "number" && expected === "an integer" ? " with a fraction" : "";
}

function hintFor(value: Value, expected: string): string {
  if (value === null) return `Drop it, or write ${expected}`;
  if (expected === "an archive") return "Give one of Pulumi's archives, such as a FileArchive";
  if (expected === "a string" && typeof value !== "object") return "Put the value in quotes";
  if (typeof value === "string" && !/list|object/.test(expected)) return `Write ${expected}, without quotes`;
  return `Write ${expected}`;
}

function unknownProperty(name: string, names: readonly string[], path: PropertyPath): Finding {
  const closest = closestOf(name, names);
  return {
    code: "RJ001",
    severity: "error",
    path: [...path, name],
    problem: `There is no property "${name}" here`,
    hint: closest === undefined ? `Drop it; there are ${names.join(", ")}` : `Did you mean "${closest}"?`,
  };
}

function missingProperty(name: string, path: PropertyPath): Finding {
  return {
    code: "RJ003",
    severity: "error",
    path: [...path, name],
    problem: `"${name}" is missing`,
    hint: `Set "${name}"`,
  };
}
