import { TestNamespace } from "./cluster.ts";
import { newRig, type Program, type Rig } from "./rig.ts";

/** What tests of jobs play on: a namespace of their own, and a rig whose program runs in it. */
export interface Stage {
  readonly namespace: TestNamespace;
  readonly rig: Rig;
}

type ProgramIn = (namespace: string) => Program;

/** A new stage for each test of the suite, handed to `enter` before and taken down after it. */
export function stageForEach(prefix: string, program: ProgramIn, enter: (stage: Stage) => void): void {
  let stage: Stage;

  beforeEach(async () => {
    stage = await raise(prefix, program);
    enter(stage);
  });

  afterEach(() => strike(stage));
}

/** One stage for all tests of the suite; a test that fails says what there was in the namespace. */
export function stageForAll(prefix: string, program: ProgramIn, enter: (stage: Stage) => void): void {
  let stage: Stage;

  before(async () => {
    stage = await raise(prefix, program);
    enter(stage);
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed") console.error(await stage.namespace.describe());
  });

  after(async () => {
    await stage.rig.destroy();
    await strike(stage);
  });
}

async function raise(prefix: string, program: ProgramIn): Promise<Stage> {
  const namespace = await TestNamespace.create(prefix);
  return { namespace, rig: await newRig(program(namespace.name)) };
}

async function strike({ namespace, rig }: Stage): Promise<void> {
  await rig.dispose();
  await namespace.dispose();
}
