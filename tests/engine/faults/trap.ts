import { setTimeout as pause } from "node:timers/promises";
import type { Attendant, Stage } from "../../support/faultProxy.ts";
import type { Moment } from "../../support/operatorStandIn.ts";
import type { Fault } from "./deck.ts";
import type { Dice } from "./dice.ts";

/** Where a fault hits: at a request that is held up meanwhile, or so many milliseconds after something. */
type Point =
  | { readonly request: RegExp; readonly stage: Stage; readonly nth?: number }
  | { readonly request: RegExp; readonly stage: "told"; readonly after: number }
  | { readonly moment: Moment; readonly after: number };

/** Waits for one point of a deployment, and lets the fault hit there, once. */
export class Trap {
  readonly #point: Point;
  readonly #fault: Fault;
  readonly #hit: () => Promise<void>;
  /** Whether a request that is held up still reaches the API server, or its answer the client, after the fault. */
  readonly #passesOn: boolean;
  #passed = 0;
  #done: Promise<void> | undefined;

  constructor(fault: Fault, dice: Dice, hit: () => Promise<void>) {
    this.#fault = fault;
    this.#point = pointOf(fault, dice);
    this.#hit = hit;
    this.#passesOn = fault.kind === "Ctrl-C" || dice.below(2) < 1;
  }

  readonly request: Attendant = async (line, stage) => {
    const point = this.#point;
    if (!("request" in point) || point.stage !== stage || !point.request.test(line)) return undefined;
    this.#passed += 1;
    if (this.#passed !== ("nth" in point ? point.nth : 1)) return undefined;
    if ("after" in point) {
      void this.#spring(point.after);
      return undefined;
    }
    await this.#spring(0);
    return this.#fault.kind === "lost connection" || !this.#passesOn ? "cut" : undefined;
  };

  readonly moment = async (moment: Moment): Promise<void> => {
    if ("moment" in this.#point && this.#point.moment === moment) void this.#spring(this.#point.after);
  };

  /** Where it was set, and whether the fault has hit. */
  async disarmed(): Promise<string> {
    if (this.#done === undefined) throw new Error(`Nothing has come to ${JSON.stringify(this.#point)}`);
    await this.#done;
    return Object.entries(this.#point)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  }

  #spring(after: number): Promise<void> {
    this.#done ??= after > 0 ? pause(after).then(this.#hit) : this.#hit();
    return this.#done;
  }
}

const post = /^POST .*rayjobs\?/;
const deletion = /^DELETE .*rayjobs\//;
const note = /^PATCH .*rayjobs\//;
const reading = /^GET .*(kube-system|rayjobs\/|labelSelector)/;

function pointOf({ phase }: Fault, dice: Dice): Point {
  const upTo = (milliseconds: number) => Math.floor(dice.below(milliseconds));
  switch (phase) {
    case "before the create request":
      return { request: reading, stage: dice.pick(["asked", "answered"]), nth: dice.pick([1, 2, 3]) };
    case "during the create request":
      return { request: post, stage: dice.pick(["asked", "answered"]) };
    case "just after the create request":
      return { request: post, stage: "told", after: upTo(40) };
    case "while waiting":
      return { moment: dice.pick(["initialized", "running"]), after: upTo(150) };
    case "while the job ends":
      return { moment: dice.pick(["ending", "ended"]), after: upTo(30) };
    case "when the state has been written":
      return dice.pick<Point>([
        { request: note, stage: "asked" },
        { request: note, stage: "answered" },
        { request: note, stage: "told", after: upTo(40) },
      ]);
    case "during the delete of a replacement":
      return dice.pick<Point>([
        { request: deletion, stage: "asked" },
        { request: deletion, stage: "answered" },
        { request: deletion, stage: "told", after: upTo(40) },
        { moment: "deleting", after: upTo(60) },
        { moment: "released", after: upTo(20) },
      ]);
    default:
      return phase satisfies never;
  }
}
