import { type Place, uriOf } from "../../storage/place.ts";

/**
 * The packages that the resources of this deployment need, as far as this process has checked them. A resource that is
 * renamed, or replaced by one of the same content, is deleted last, and must not mark what another still needs.
 */
class PackagesInUse {
  readonly #uris = new Set<string>();

  add(place: Place | undefined): void {
    if (place !== undefined) this.#uris.add(uriOf(place));
  }

  has(place: Place): boolean {
    return this.#uris.has(uriOf(place));
  }
}

export const packagesInUse = new PackagesInUse();
