import { randomInt } from "node:crypto";
import { Chain } from "./chain.ts";
import { deckOf, type Fault, phases } from "./deck.ts";
import { Dice } from "./dice.ts";

// FAULTS_SEED repeats a run, as far as chance is ours; FAULTS makes it longer.
const seed = Number(process.env.FAULTS_SEED ?? randomInt(2 ** 31));
const count = Number(process.env.FAULTS ?? 28);
const abreast = 4;

describe(`${count} faults at random points of deployments, with the seed ${seed}`, () => {
  it("never lose, double or misjudge a job", async function () {
    this.timeout(count * 60_000);
    const faults = deckOf(count, new Dice(seed));
    const stories = await Promise.allSettled(
      Array.from({ length: abreast }, (_, index) => {
        return play(
          faults.filter((__, turn) => turn % abreast === index),
          new Dice(seed + index + 1),
        );
      }),
    );
    const problems = stories.flatMap((story) => (story.status === "rejected" ? [story.reason] : []));
    if (problems.length > 0) throw new AggregateError(problems, problems.map(String).join("\n\n"));
    const played = stories.flatMap((story) => (story.status === "fulfilled" ? [story.value] : []));
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    console.log(report(faults, sum(played)));
  });
});

/** Gives the number of runs that the job has had. */
async function play(faults: readonly Fault[], dice: Dice): Promise<number> {
  const chain = await Chain.start(dice);
  const story: string[] = [];
  try {
    for (const fault of faults) {
      story.push(`${fault.kind}, ${fault.phase}${fault.isRerun ? " of a re-run" : ""}, then ${fault.next}`);
      story.push(`  ${await chain.suffer(fault)}`);
    }
    await chain.end();
    return chain.runs.length;
  } catch (error) {
    const told = [`seed ${seed}`, ...story, JSON.stringify(chain.runs)].join("\n");
    throw new Error(`${told}\n${error instanceof Error ? error.stack : error}`);
  } finally {
    await chain.dispose();
  }
}

function report(faults: readonly Fault[], runs: number): string {
  const counts = phases.map((phase) => `${faults.filter((fault) => fault.phase === phase).length} ${phase}`);
  return (
    `      ${faults.length} faults (seed ${seed}): ${counts.join(", ")}.\n` +
    `      ${runs} runs of jobs: never two at once, none lost, doubled or misjudged, and nothing left by a destroy.`
  );
}
