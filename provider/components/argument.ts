import { type Input, type Inputs, isUnknown, Output } from "@pulumi/pulumi";
import { isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../values/value.ts";

/**
 * An argument of a component: as the program gave it, with the dependencies and the secrecy of every output in it, and
 * what is known of its value, which decides what children there are.
 */
export class Argument {
  readonly given: Input<unknown>;
  /** UNKNOWN where a preview does not know it yet. */
  readonly value: Value | undefined;

  constructor(given: Input<unknown>, value: Value | undefined) {
    this.given = given;
    this.value = value;
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

  at(name: string): Argument {
    const { value } = this;
    return new Argument(
      partOf(this.given, name),
      value === UNKNOWN ? UNKNOWN : isPropertyMap(value) ? value[name] : undefined,
    );
  }
}

/** The arguments of a component. */
export async function argumentsOf(inputs: Inputs): Promise<Argument> {
  return new Argument(inputs, await openedValue(inputs));
}

function partOf(given: Input<unknown>, name: string): Input<unknown> {
  if (Output.isInstance(given)) return given.apply((value) => (value as PropertyMap | undefined)?.[name]);
  return (given as Inputs | undefined)?.[name];
}

async function openedValue(given: unknown): Promise<Value> {
  // The SDK's own provider server opens outputs so; it does not declare it.
  if (Output.isInstance(given)) return openedValue(await (given as unknown as Opened).promise(true));
  if (isUnknown(given)) return UNKNOWN;
  if (given === undefined || given === null) return null;
  if (Array.isArray(given)) return Promise.all(given.map(openedValue));
  if (typeof given !== "object") return given as Value;
  const entries = Object.entries(given).filter(([, item]) => item !== undefined);
  const values = entries.map(async ([name, item]) => [name, await openedValue(item)] as const);
  return Object.fromEntries(await Promise.all(values));
}

interface Opened {
  promise(withUnknowns: boolean): Promise<unknown>;
}
