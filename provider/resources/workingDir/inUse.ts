import { type Place, uriOf } from "../../storage/place.ts";

/**
 * The packages that resources of this deployment use, as far as this process has checked them. A resource that is replaced by
 * one of the same name and content is deleted last, and must not leave what its successor uses.
 */
class PackagesInUse {
  readonly #uses = new Set<string>();

  add(urn: string, place: Place | undefined): void {
    if (place !== undefined) this.#uses.add(useOf(urn, place));
  }

  has(urn: string, place: Place): boolean {
    return this.#uses.has(useOf(urn, place));
  }
}

export const packagesInUse = new PackagesInUse();

function useOf(urn: string, place: Place): string {
  return `${urn} ${uriOf(place)}`;
}
