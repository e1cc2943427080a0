import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { nameOf } from "../../provider/values/urn.ts";
import { diagnosticOf } from "./run.ts";
import { until } from "./until.ts";

/** What a person sees of a run that goes on, and can wait for. */
export class Rows {
  readonly #lines: string[] = [];
  /** The resources that are done, well or not. */
  readonly ended = new Set<string>();

  sees({ diagnosticEvent, resOutputsEvent, resOpFailedEvent }: EngineEvent): void {
    if (diagnosticEvent?.ephemeral) this.#lines.push(diagnosticOf(diagnosticEvent).message);
    const ended = resOutputsEvent ?? resOpFailedEvent;
    if (ended) this.ended.add(nameOf(ended.metadata.urn));
  }

  async show(pattern: RegExp): Promise<void> {
    const look = async () => this.#lines.some((line) => pattern.test(line));
    await until(`a row that says ${pattern}`, look, { everyMilliseconds: 20 });
  }
}
