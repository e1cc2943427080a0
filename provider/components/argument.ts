import { asset, type Input, type Inputs, isSecret, isUnknown, Output } from "@pulumi/pulumi";
import { archiveOf, assetOf } from "../values/archive.ts";
import { isList, isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../values/value.ts";
import { openedOf } from "./openedOf.ts";

/**
 * An argument of a component: as the program gave it, with the dependencies and the secrecy of every output in it, and
 * what is known of its value, which decides what children there are.
 */
export class Argument {
  readonly given: Input<unknown>;
  /** UNKNOWN where a preview does not know it yet. */
  readonly value: Value | undefined;
  readonly #secrecy: Secrecy;

  constructor(given: Input<unknown>, value: Value | undefined, secrecy: Secrecy = false) {
    this.given = given;
    this.value = value;
    this.#secrecy = secrecy;
  }

  /** Whether all of it is a secret. */
  get isSecret(): boolean {
    return this.#secrecy === true;
  }

  /** Whether all of it or any part of it is a secret. */
  get holdsSecret(): boolean {
    return holdsSecret(this.#secrecy);
  }

  get isGiven(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** A text, if it is given. */
  get text(): Input<string> | undefined {
    return this.isGiven ? (this.given as Input<string>) : undefined;
  }

  /** The properties that are given, by name; none of a value that is not known. */
  get properties(): Readonly<Record<string, Argument>> {
    const { value } = this;
    if (!isPropertyMap(value)) return {};
    return Object.fromEntries(Object.keys(value).map((name) => [name, this.at(name)]));
  }

  /** The same, as a child takes them. */
  get inputs(): Record<string, Input<unknown>> {
    return Object.fromEntries(Object.entries(this.properties).map(([name, { given }]) => [name, given]));
  }

  /** The elements of a list that is given; none of one that is not known. */
  get elements(): readonly Argument[] {
    const { value } = this;
    if (!isList(value)) return [];
    const secrecy = this.#secrecy;
    return value.map(
      (element, index) =>
        new Argument(partOf(this.given, index), element, typeof secrecy === "boolean" ? secrecy : secrecy[index]),
    );
  }

  at(name: string): Argument {
    const { value } = this;
    const secrecy = this.#secrecy;
    return new Argument(
      partOf(this.given, name),
      value === UNKNOWN ? UNKNOWN : isPropertyMap(value) ? value[name] : undefined,
      typeof secrecy === "boolean" ? secrecy : (secrecy[name] ?? false),
    );
  }
}

/** Those of the arguments that are given, as a child takes them. */
export function givenOf(named: Readonly<Record<string, Argument>>): Record<string, Input<unknown>> {
  const said = Object.entries(named).filter(([, { isGiven }]) => isGiven);
  return Object.fromEntries(said.map(([name, { given }]) => [name, given]));
}

/** Whether a value is secret: all of it, or which of its properties. */
type Secrecy = boolean | { readonly [name: string]: Secrecy };

function holdsSecret(secrecy: Secrecy): boolean {
  return typeof secrecy === "boolean" ? secrecy : Object.values(secrecy).some(holdsSecret);
}

/** The arguments of a component. */
export async function argumentsOf(inputs: Inputs): Promise<Argument> {
  const { value, secrecy } = await opened(inputs);
  return new Argument(inputs, value, secrecy);
}

function partOf(given: Input<unknown>, name: string | number): Input<unknown> {
  if (Output.isInstance(given)) return given.apply((value) => (value as PropertyMap | undefined)?.[name]);
  return (given as Inputs | undefined)?.[name];
}

interface OpenedInput {
  readonly value: Value;
  readonly secrecy: Secrecy;
}

async function opened(given: unknown): Promise<OpenedInput> {
  if (Output.isInstance(given)) {
    const inner = await opened(await openedOf(given));
    return (await isSecret(given)) ? { ...inner, secrecy: true } : inner;
  }
  if (isUnknown(given)) return { value: UNKNOWN, secrecy: false };
  if (given === undefined || given === null) return { value: null, secrecy: false };
  if (typeof given !== "object") return { value: given as Value, secrecy: false };
  if (asset.Archive.isInstance(given)) return { value: archiveOf(await madeOf(given)), secrecy: false };
  if (asset.Asset.isInstance(given)) return { value: assetOf(await madeOf(given)), secrecy: false };
  const entries = Object.entries(given).filter(([, item]) => item !== undefined);
  const parts = await Promise.all(entries.map(async ([name, item]) => [name, await opened(item)] as const));
  const values = parts.map(([name, { value }]) => [name, value] as const);
  return {
    value: Array.isArray(given) ? values.map(([, value]) => value) : Object.fromEntries(values),
    secrecy: Object.fromEntries(parts.map(([name, { secrecy }]) => [name, secrecy])),
  };
}

/** What an archive or an asset of the SDK is made of: promises in one of three or four properties. */
async function madeOf(given: object): Promise<never> {
  const [[name, promise] = []] = Object.entries(given).filter(([name]) => !name.startsWith("__"));
  return { [String(name)]: (await opened(await promise)).value } as never;
}
