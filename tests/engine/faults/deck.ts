import type { Dice } from "./dice.ts";

export const kinds = ["Ctrl-C", "kill -9 of the plug-in", "kill -9 of the CLI", "lost connection"] as const;

export const phases = [
  "before the create request",
  "during the create request",
  "just after the create request",
  "while waiting",
  "while the job ends",
  "when the state has been written",
  "during the delete of a replacement",
] as const;

/** What is typed next; `pulumi cancel` comes first where the CLI was killed. */
export const nexts = ["up", "edit, up", "refresh, up", "destroy"] as const;

export interface Fault {
  readonly kind: (typeof kinds)[number];
  readonly phase: (typeof phases)[number];
  readonly next: (typeof nexts)[number];
  /** Whether the deployment that is hit runs a job again that has failed; otherwise the job is new or edited. */
  readonly isRerun: boolean;
}

/** As many faults as wanted, in an order that the dice decide. Each 28 of them are every kind in every phase. */
export function deckOf(count: number, dice: Dice): Fault[] {
  const faults: Fault[] = [];
  while (faults.length < count) {
    const places = dice.shuffled(kinds.flatMap((kind) => phases.map((phase) => ({ kind, phase }))));
    const followed = dice.shuffled(places.map((_, index) => nexts[index % nexts.length] ?? nexts[0]));
    places.forEach((place, index) => {
      faults.push({ ...place, next: followed[index] ?? nexts[0], isRerun: dice.below(3) < 1 });
    });
  }
  return faults.slice(0, count);
}
