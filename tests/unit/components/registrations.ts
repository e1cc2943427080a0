import { setImmediate as turn } from "node:timers/promises";
import { type Output, runtime } from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime/index.js";

/** What the SDK registers while a component is constructed, without an engine. */
export class Registrations {
  /** By `type name`, in the order in which they began. */
  readonly inputs = new Map<string, Readonly<Record<string, unknown>>>();
  /** `type name` when it began and `type name made` when it was there. */
  readonly order: string[] = [];

  /** From now on, what this process registers comes here. `computed` gives the outputs that are not inputs. */
  static start(computed: (resource: MockResourceArgs) => object, { preview = false } = {}): Registrations {
    const registrations = new Registrations();
    const newResource = (resource: MockResourceArgs) => registrations.#register(resource, computed, preview);
    void runtime.setMocks({ newResource, call: () => ({}) }, "project", "stack", preview);
    return registrations;
  }

  async #register(resource: MockResourceArgs, computed: (resource: MockResourceArgs) => object, preview: boolean) {
    const key = `${resource.type} ${resource.name}`;
    this.inputs.set(key, resource.inputs);
    this.order.push(key);
    // Long enough for whatever does not wait to overtake.
    for (let turns = 0; turns < 20; turns++) await turn();
    this.order.push(`${key} made`);
    const state = { ...resource.inputs, ...(preview ? {} : computed(resource)) };
    return { id: preview ? "" : `${resource.name}-id`, state };
  }
}

/** What an output becomes; undefined in a preview that does not know it. */
export async function resolved<Value>(output: Output<Value>): Promise<Value | undefined> {
  return (output as unknown as { promise(): Promise<Value | undefined> }).promise();
}
