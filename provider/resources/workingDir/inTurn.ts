import { type Place, uriOf } from "../../storage/place.ts";
import { Turns } from "../../values/turns.ts";

/**
 * Does things with an object one after the other, as far as this process does them. Resources of one content share an object:
 * the first one uploads it, and none undoes what another notes on it.
 */
export function inTurn<Result>(place: Place, act: () => Promise<Result>): Promise<Result> {
  return turns.take(uriOf(place), act);
}

const turns = new Turns();
