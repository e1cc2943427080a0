import type { PropertyPath } from "../../values/path.ts";
import { isList, isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../../values/value.ts";
import { isGiven } from "../defaults.ts";

/**
 * A place in the arguments: rules read through it, so that a finding knows its path and nothing is guessed. Reading an
 * unknown value throws NotKnown; a value of the wrong type reads as undefined (the shape is checked elsewhere).
 */
export class Place {
  readonly #value: Value | undefined;
  readonly #base: PropertyPath | Place;
  readonly #element: string | number | undefined;
  #isWritten = false;

  constructor(value: Value | undefined, base: PropertyPath | Place = [], element?: string | number) {
    this.#value = value;
    this.#base = base;
    this.#element = element;
  }

  /** The place of a whole RayJob that is written by hand, whose fields are sent as they stand there. */
  static ofManifest(value: Value): Place {
    const place = new Place(value);
    place.#isWritten = true;
    return place;
  }

  /** Whether nothing is filled in or left out before this is sent, since it is a manifest. */
  get isOfManifest(): boolean {
    return this.#base instanceof Place ? this.#base.isOfManifest : this.#isWritten;
  }

  // Put together when it is asked for: most places are only read.
  get path(): PropertyPath {
    const base = this.#base instanceof Place ? this.#base.path : this.#base;
    return this.#element === undefined ? base : [...base, this.#element];
  }

  at(...path: PropertyPath): Place {
    let place: Place = this;
    for (const element of path) place = place.#child(element);
    return place;
  }

  /** Whether anything is said here: empty texts, lists and objects say nothing. */
  get isGiven(): boolean {
    return isGiven(this.value);
  }

  /** Whether anything stands here at all: KubeRay tells an object without fields from none. */
  get isThere(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** Whether KubeRay gets this field of the spec: of arguments, what says nothing is left out. */
  get isSent(): boolean {
    return this.isOfManifest ? this.isThere : this.isGiven;
  }

  get isKnown(): boolean {
    return this.#value !== UNKNOWN;
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

  /** Those of them that are known; none while the list is not. */
  get knownItems(): readonly Place[] {
    return this.isKnown ? this.items.filter((item) => item.isKnown) : [];
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
    return String(this.#element ?? this.path.at(-1));
  }

  get value(): Exclude<Value, typeof UNKNOWN> | undefined {
    if (this.#value === UNKNOWN) throw new NotKnown();
    return this.#value;
  }

  #child(element: string | number): Place {
    const value = this.value;
    const child = isList(value) ? value[Number(element)] : isPropertyMap(value) ? value[element] : undefined;
    return new Place(child, this, element);
  }
}

/** Thrown by a reading of a value that a preview does not know yet. */
export class NotKnown extends Error {}
