import assert from "node:assert/strict";
import type { RayJobStatus } from "../../../provider/job/rayJob.ts";
import { connect } from "../../../provider/kube/connection/connect.ts";
import { TestNamespace } from "../../support/cluster.ts";
import { FaultProxy } from "../../support/faultProxy.ts";
import { OperatorStandIn, type StandInRun } from "../../support/operatorStandIn.ts";
import { newRig, type Rig } from "../../support/rig.ts";
import { errorOf, type Run } from "../../support/run.ts";
import { until } from "../../support/until.ts";
import { jobProgram } from "../programs.ts";
import type { Fault } from "./deck.ts";
import type { Dice } from "./dice.ts";
import { Trap } from "./trap.ts";

/** One stack with one job, to whose deployments one fault after the other happens. After each it is judged what has run. */
export class Chain {
  readonly #rig: Rig;
  readonly #namespace: TestNamespace;
  readonly #proxy: FaultProxy;
  readonly #operator: OperatorStandIn;
  readonly #dice: Dice;
  #trap: Trap | undefined;
  #entrypoint = "";
  #version = 0;
  /** How many runs there had been when the stack was destroyed last. */
  #forgotten = 0;

  private constructor(rig: Rig, namespace: TestNamespace, proxy: FaultProxy, dice: Dice) {
    this.#rig = rig;
    this.#namespace = namespace;
    this.#proxy = proxy;
    this.#dice = dice;
    proxy.attendant = async (line, stage) => this.#trap?.request(line, stage);
    this.#operator = new OperatorStandIn(namespace, {
      milliseconds: () => 30 + dice.below(200),
      attendant: async (moment) => this.#trap?.moment(moment),
      fails: ({ entrypoint }, earlier) =>
        String(entrypoint).endsWith(failsAtFirst) && earlier.every((run) => run.entrypoint !== entrypoint),
    });
  }

  static async start(dice: Dice): Promise<Chain> {
    const namespace = await TestNamespace.create("faults");
    const proxy = new FaultProxy(await connect());
    await proxy.start();
    const rig = await newRig(programIn(namespace, proxy, {}));
    return new Chain(rig, namespace, proxy, dice);
  }

  get runs(): readonly StandInRun[] {
    return this.#operator.runs;
  }

  /** Lets the fault hit a deployment, does what comes next, and judges both. */
  async suffer(fault: Fault): Promise<string> {
    await this.#prepare(fault);
    const interrupt = new AbortController();
    const trap = new Trap(fault, this.#dice, () => this.#hit(fault, interrupt));
    this.#trap = trap;
    const run = await this.#rig.up({ signal: interrupt.signal });
    this.#trap = undefined;
    const place = await trap.disarmed();
    if (fault.kind === "kill -9 of the CLI") await this.#rig.cancel();
    await this.#judge();
    await this.#judgeSuccess(run);
    await this.#goOn(fault);
    return place;
  }

  /** Deploys and destroys once more, and waits until no process is left. */
  async end(): Promise<void> {
    await this.#upMustSucceed();
    await this.#destroyMustSucceed();
    await until("the end of the plug-ins of killed engines", async () => (await this.#rig.plugins()).length === 0);
  }

  async dispose(): Promise<void> {
    await this.#operator.stop();
    await this.#proxy.stop();
    await this.#rig.dispose();
    await this.#namespace.dispose();
  }

  async #prepare({ phase, isRerun }: Fault): Promise<void> {
    const isReplaced = phase === "during the delete of a replacement";
    if (isReplaced && !isRerun && !(await this.#rig.state()).has("train")) await this.#upMustSucceed();
    await this.#edit(isRerun ? failsAtFirst : "");
    if (!isRerun) return;
    const run = await this.#rig.up();
    assert.match(errorOf(run, "train"), /AppFailed/, run.text);
    await this.#judge();
  }

  async #hit({ kind }: Fault, interrupt: AbortController): Promise<void> {
    switch (kind) {
      case "Ctrl-C":
        return interrupt.abort();
      case "kill -9 of the plug-in":
        return this.#rig.killPlugins();
      case "kill -9 of the CLI":
        return this.#rig.killEngine();
      case "lost connection":
        return this.#proxy.cutConnections();
      default:
        kind satisfies never;
    }
  }

  async #goOn({ next }: Fault): Promise<void> {
    if (next === "destroy") return this.#destroyMustSucceed();
    if (next === "edit, up") await this.#edit();
    if (next === "refresh, up") {
      const refresh = await this.#rig.refresh();
      assert(refresh.succeeded, refresh.text);
      await this.#judgeState();
    }
    await this.#upMustSucceed();
  }

  async #edit(more = ""): Promise<void> {
    this.#version += 1;
    this.#entrypoint = `python train.py --version ${this.#version}${more}`;
    await this.#rig.write(programIn(this.#namespace, this.#proxy, { entrypoint: this.#entrypoint }));
  }

  async #upMustSucceed(): Promise<void> {
    if (this.#version === 0) await this.#edit();
    const run = await this.#rig.up();
    assert(run.succeeded, run.text);
    await this.#judge();
    await this.#judgeSuccess(run);
  }

  async #destroyMustSucceed(): Promise<void> {
    const run = await this.#rig.destroy();
    assert(run.succeeded, run.text);
    await this.#judge();
    const left = await this.#namespace.rayJobs();
    assert.deepEqual(
      left.map(({ metadata }) => metadata.name),
      [],
      `left by a destroy:\n${run.text}`,
    );
    this.#forgotten = this.runs.length;
  }

  async #judge(): Promise<void> {
    assert(this.#operator.mostAtOnce <= 1, "two runs of one job were alive at once");
    const recent = this.runs.slice(this.#forgotten);
    for (const [index, { entrypoint }] of recent.entries()) {
      const before = recent.slice(0, index).filter((other) => other.entrypoint === entrypoint);
      assert(
        before.every(({ outcome }) => outcome === "failed"),
        `run twice: ${JSON.stringify(this.runs)}`,
      );
    }
    await this.#judgeState();
  }

  /** A deployment that has succeeded must have run the program as it is. */
  async #judgeSuccess(run: Run): Promise<void> {
    if (!run.succeeded) return;
    const { uid } = (await this.#rig.state()).get("train")?.outputs ?? {};
    const { outcome, entrypoint } = this.#operator.runOf(uid) ?? {};
    assert.deepEqual([outcome, entrypoint], ["succeeded", this.#entrypoint], `green for another run:\n${run.text}`);
  }

  /** What the state calls a success must have been one. */
  async #judgeState(): Promise<void> {
    const { outputs } = (await this.#rig.state()).get("train") ?? {};
    const { jobDeploymentStatus, uid } = (outputs ?? {}) as RayJobStatus & { readonly uid?: string };
    if (jobDeploymentStatus === "Complete") assert.equal(this.#operator.runOf(uid)?.outcome, "succeeded");
  }
}

const failsAtFirst = " --fails-at-first";

/** One job, and what deletes those of its runs that no state knows: a `destroy` right after a kill leaves nothing. */
function programIn({ name }: TestNamespace, { kubeconfig }: FaultProxy, properties: Readonly<Record<string, string>>) {
  const { resources, ...program } = jobProgram(name, properties, { dependsOn: ["${cleanup}"] });
  const cleanup = { type: "rayjob:RayJobCleanup", properties: { namespace: name, jobs: ["train"] } };
  return { ...program, config: { "rayjob:kubeconfig": kubeconfig }, resources: { cleanup, ...resources } };
}
