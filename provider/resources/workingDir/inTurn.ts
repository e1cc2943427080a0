import { type Place, uriOf } from "../../storage/place.ts";

/**
 * Does things with an object one after the other, as far as this process does them. Resources of one content share an object:
 * the first one uploads it, and none undoes what another notes on it.
 */
export async function inTurn<Result>(place: Place, act: () => Promise<Result>): Promise<Result> {
  const key = uriOf(place);
  const before = turns.get(key) ?? Promise.resolve();
  const turn = before.then(act);
  const over = turn.then(nothing, nothing);
  turns.set(key, over);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === over) turns.delete(key);
  }
}

const turns = new Map<string, Promise<void>>();

function nothing(): void {}
