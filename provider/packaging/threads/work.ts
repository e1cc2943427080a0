import { type Digested, digestedFiles } from "../digests.ts";
import { type Block, deflatedBlock } from "../zip/block.ts";
import { type Member, type Members, wholeMembers } from "../zip/members.ts";

/** What can be done on another thread: each kind with what it is given and what it makes, both of which threads can send. */
export interface Works {
  /** Locations of files. */
  readonly digests: { given: readonly string[]; made: readonly Digested[] };
  readonly members: { given: readonly Member[]; made: Members };
  readonly block: { given: Block; made: Uint8Array<ArrayBuffer> };
}

export type Kind = keyof Works;

/** A piece of work: a few milliseconds of a processor. */
export interface Work<K extends Kind> {
  readonly kind: K;
  readonly given: Works[K]["given"];
}

/** Does it on this thread. */
export async function done<K extends Kind>({ kind, given }: Work<K>): Promise<Works[K]["made"]> {
  return doers[kind](given);
}

const doers: { readonly [K in Kind]: (given: Works[K]["given"]) => Works[K]["made"] | Promise<Works[K]["made"]> } = {
  digests: digestedFiles,
  members: wholeMembers,
  block: deflatedBlock,
};
