import type { PropertyPath } from "../../values/path.ts";
import { isList, isPropertyMap, mapOf, type PropertyMap, UNKNOWN, type Value } from "../../values/value.ts";

/** Stands in a manifest for what only a deployment knows, and goes through all that is made of it as a plain word does. */
export class Placeholders {
  readonly #texts: string[] = [];

  /** What only a deployment knows, each once. */
  get texts(): readonly string[] {
    return [...new Set(this.#texts)];
  }

  /** A word in the place of a text. */
  wordFor(text: string): string {
    this.#texts.push(text);
    return `RayjobUnknown${this.#texts.length - 1}Z`;
  }

  /** Whether a text has such a word in it. */
  isIn(text: Value | undefined): boolean {
    return typeof text === "string" && /RayjobUnknown\d+Z/.test(text);
  }

  /** The value with the texts again in the place of their words. */
  shownIn(value: Value): Value {
    if (typeof value === "string") {
      return value.replace(/RayjobUnknown(\d+)Z/g, (word, index) => this.#texts[Number(index)] ?? word);
    }
    if (isList(value)) return value.map((each) => this.shownIn(each));
    if (!isPropertyMap(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, each === undefined ? each : this.shownIn(each)]),
    );
  }
}

/** A value of a Pulumi program with UNKNOWN for what it takes from elsewhere: `${…}`, in a text or alone, and `fn::…`. */
export function judgedOf(value: Value): Value {
  return mapped(value, () => UNKNOWN);
}

/** The same with words that stand for it. */
export function placeheldOf(value: Value, placeholders: Placeholders): Value {
  return mapped(value, (said) => {
    if (typeof said !== "string") return placeholders.wordFor(`\${${functionOf(said)}}`);
    return said.replace(interpolation, (text) => placeholders.wordFor(text)).replaceAll("$${", "${");
  });
}

// In Pulumi's YAML `$${` is `${` as it is.
const interpolation = /(?<!\$)\$\{[^}]*\}/g;

function mapped(value: Value, replaced: (said: string | PropertyMap) => Value): Value {
  if (typeof value === "string") {
    if (value.search(interpolation) >= 0) return replaced(value);
    return value.replaceAll("$${", "${");
  }
  if (isList(value)) return value.map((each) => mapped(each, replaced));
  if (!isPropertyMap(value)) return value;
  if (functionOf(value) !== undefined) return replaced(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, each === undefined ? each : mapped(each, replaced)]),
  );
}

/** Whether the program marks the value as a secret. */
export function isSecret(value: Value | undefined): boolean {
  return isPropertyMap(value) && functionOf(value) === "fn::secret";
}

/** Where in a value a program has secrets. */
export function secretPathsIn(value: Value | undefined, path: PropertyPath = []): PropertyPath[] {
  if (isSecret(value)) return [path];
  const parts = isList(value) ? [...value.entries()] : Object.entries(mapOf(value));
  return parts.flatMap(([name, each]) => secretPathsIn(each, [...path, name]));
}

function functionOf(value: PropertyMap): string | undefined {
  return Object.keys(value).find((name) => name.startsWith("fn::"));
}
