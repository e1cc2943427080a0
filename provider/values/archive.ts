import { isPropertyMap, mapOf, type PropertyMap, type Value } from "./value.ts";

/** One of Pulumi's archives as it travels: a map that a signature tells from others. The schema calls it by Pulumi's name. */
export type Archive = PropertyMap;

/** What an archive or an asset is made of; undefined for a value that is neither. */
export type Made =
  | { readonly of: "path"; readonly path: string }
  | { readonly of: "uri"; readonly uri: string }
  | { readonly of: "text"; readonly text: string }
  | { readonly of: "assets"; readonly assets: PropertyMap };

export function isArchive(value: Value | undefined): value is Archive {
  return signatureOf(value) === archiveSignature;
}

export function archiveMade(value: Value | undefined): Made | undefined {
  if (!isArchive(value)) return undefined;
  return fromPathOrUri(value) ?? { of: "assets", assets: mapOf(value.assets) };
}

export function assetMade(value: Value | undefined): Made | undefined {
  if (signatureOf(value) !== assetSignature) return undefined;
  const { text } = mapOf(value);
  return fromPathOrUri(mapOf(value)) ?? { of: "text", text: typeof text === "string" ? text : "" };
}

/** An archive as it travels. */
export function archiveOf(
  made: { readonly path: Value } | { readonly uri: Value } | { readonly assets: Value },
): Archive {
  return { [signatureKey]: archiveSignature, ...made };
}

/** An asset as it travels. */
export function assetOf(
  made: { readonly path: Value } | { readonly uri: Value } | { readonly text: Value },
): PropertyMap {
  return { [signatureKey]: assetSignature, ...made };
}

function fromPathOrUri({ path, uri }: PropertyMap): Made | undefined {
  if (typeof path === "string" && path !== "") return { of: "path", path };
  return typeof uri === "string" && uri !== "" ? { of: "uri", uri } : undefined;
}

function signatureOf(value: Value | undefined): Value | undefined {
  return isPropertyMap(value) ? value[signatureKey] : undefined;
}

// Pulumi's protocol; this room imports nothing.
const signatureKey = "4dabf18193072939515e22adb298388d";
const archiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
