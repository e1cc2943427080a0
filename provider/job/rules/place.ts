import type { PropertyPath } from "../../values/path.ts";
import { isList, isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../../values/value.ts";
import { isGiven } from "../defaults.ts";

/**
 * A place in the arguments: rules read through it, so that a finding knows its path and nothing is guessed. Reading an
 * unknown value throws NotKnown; a value of the wrong type reads as undefined (the shape is checked elsewhere).
 */
export class Place {
  readonly path: PropertyPath;
  readonly #value: Value | undefined;

  constructor(value: Value | undefined, path: PropertyPath = []) {
    this.#value = value;
    this.path = path;
  }

  at(...path: PropertyPath): Place {
    return path.reduce<Place>((place, element) => place.#child(element), this);
  }

  /** Whether anything is said here: empty texts, lists and objects say nothing. */
  get isGiven(): boolean {
    return isGiven(this.value);
  }

  get text(): string | undefined {
    return typeof this.value === "string" ? this.value : undefined;
  }

  /** Whether a text stands here that does not pass the test. */
  fails(test: (text: string) => boolean): boolean {
    return !!this.text && !test(this.text);
  }

  get number(): number | undefined {
    return typeof this.value === "number" ? this.value : undefined;
  }

  get flag(): boolean | undefined {
    return typeof this.value === "boolean" ? this.value : undefined;
  }

  /** The elements of a list. */
  get items(): readonly Place[] {
    return isList(this.value) ? this.value.map((_, index) => this.at(index)) : [];
  }

  /** The properties of an object. */
  get properties(): readonly Place[] {
    return Object.keys(this.map).map((name) => this.at(name));
  }

  get map(): PropertyMap {
    return isPropertyMap(this.value) ? this.value : {};
  }

  /** The name of the property, or the position in the list. */
  get name(): string {
    return String(this.path.at(-1));
  }

  get value(): Exclude<Value, typeof UNKNOWN> | undefined {
    if (this.#value === UNKNOWN) throw new NotKnown();
    return this.#value;
  }

  #child(element: string | number): Place {
    const value = this.value;
    const child = isList(value) ? value[Number(element)] : isPropertyMap(value) ? value[element] : undefined;
    return new Place(child, [...this.path, element]);
  }
}

/** Thrown by a reading of a value that a preview does not know yet. */
export class NotKnown extends Error {}
