import { isList, isPropertyMap, type PropertyMap, type Value } from "../../values/value.ts";

/**
 * Values as KubeRay must be given them in `K8sJobMode` and `SidecarMode`, so that Ray gets them as they were written: KubeRay
 * makes JSON of them and puts that between double quotes into a shell's script, where `$` and a backtick still mean something.
 */
export function quotedTexts(values: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [quotedText(name), value === undefined ? value : quotedValue(value)]),
  );
}

/** A text that may have been quoted so, without the parts that a shell fills in to that end. */
export function withoutQuotedParts(text: string): string {
  return text.replaceAll(/\$\$\(echo [\w+/=]+\|base64 -d\)/g, "");
}

function quotedValue(value: Value): Value {
  if (typeof value === "string") return quotedText(value);
  if (isList(value)) return value.map(quotedValue);
  return isPropertyMap(value) ? quotedTexts(value) : value;
}

// The shell fills them in itself: a backslash in front of them would be doubled on its way.
function quotedText(text: string): string {
  // Kubernetes, which fills in `$(NAME)`, makes one `$` of two.
  return text.replaceAll(special, (characters) => `$$(echo ${Buffer.from(characters).toString("base64")}|base64 -d)`);
}

// What a shell reads between double quotes, and of what Go may make an escape that JSON does not know: a character that is no
// printable one, or that is younger than Go's tables.
const special = /[$`\x7f\u{10000}-\u{10ffff}]+/gu;
