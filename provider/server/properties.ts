import rpc from "@pulumi/pulumi/runtime/rpc.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import type { PropertyPath } from "../values/path.ts";
import { isList, isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../values/value.ts";

const { specialOutputValueSig, specialSecretSig, specialSigKey, unknownValue } = rpc;

/** A property map as it came over the wire, its secrets unwrapped and their places remembered. */
export interface Properties {
  readonly values: PropertyMap;
  readonly secrets: readonly PropertyPath[];
}

/** Takes the protocol's wrappers off: secrets and output values become their contents, unknowns become UNKNOWN. */
export function decodeProperties(struct: structProto.Struct | undefined): Properties {
  const secrets: PropertyPath[] = [];
  const values = decode((struct?.toJavaScript() ?? {}) as Value, [], secrets);
  return { values: values as PropertyMap, secrets };
}

/** Puts the wrappers on again: what lies at one of `secrets` is marked as a secret, UNKNOWN becomes the protocol's mark. */
export function encodeProperties(values: PropertyMap, secrets: readonly PropertyPath[] = []): structProto.Struct {
  const places = new Set(secrets.map((path) => JSON.stringify(path)));
  const encoded = encode(values, [], places);
  return structProto.Struct.fromJavaScript(encoded as Record<string, structProto.JavaScriptValue>);
}

// The engine marks an unknown by the kind of value it stands for.
const unknownMarks: ReadonlySet<Value> = new Set([
  unknownValue,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

function decode(value: Value, path: PropertyPath, secrets: PropertyPath[]): Value {
  if (unknownMarks.has(value)) return UNKNOWN;
  if (isList(value)) return value.map((item, index) => decode(item, [...path, index], secrets));
  if (!isPropertyMap(value)) return value;
  const signature = value[specialSigKey];
  if (signature === specialSecretSig || signature === specialOutputValueSig) {
    if (signature === specialSecretSig || value.secret === true) secrets.push(path);
    return decode(value.value ?? (signature === specialSecretSig ? null : UNKNOWN), path, secrets);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, decode(item ?? null, [...path, name], secrets)]),
  );
}

function encode(value: Value, path: PropertyPath, secrets: ReadonlySet<string>): structProto.JavaScriptValue {
  const encoded = encodePlain(value, path, secrets);
  if (!secrets.has(JSON.stringify(path))) return encoded;
  return { [specialSigKey]: specialSecretSig, value: encoded };
}

function encodePlain(value: Value, path: PropertyPath, secrets: ReadonlySet<string>): structProto.JavaScriptValue {
  if (value === UNKNOWN) return unknownValue;
  if (isList(value)) return value.map((item, index) => encode(item, [...path, index], secrets));
  if (!isPropertyMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter((entry): entry is [string, Value] => entry[1] !== undefined)
      .map(([name, item]) => [name, encode(item, [...path, name], secrets)]),
  );
}
