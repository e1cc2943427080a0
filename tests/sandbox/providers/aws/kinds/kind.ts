import type { CheckFailure } from "../../../../../provider/server/customResource.ts";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import type { Aws } from "../clients.ts";
import type { AutoName } from "../names.ts";

/** One type of AWS resource, in Pulumi's properties. */
export interface Kind {
  /** As sentences call one of them: `the bucket packages`. */
  subjectOf(inputs: PropertyMap): string;
  readonly autoName?: AutoName;
  /** Inputs that are policy documents: compared by meaning, and allowed to be objects. */
  readonly policies?: readonly string[];
  /** What AWS would refuse, beyond what the schema says. */
  refusalsOf?(inputs: PropertyMap): CheckFailure[];
  /** Returns the id. */
  create(inputs: PropertyMap, aws: Aws): Promise<string>;
  /** What is left to do once it exists; when that fails, it stays in the state as failed. */
  complete?(id: string, inputs: PropertyMap, aws: Aws): Promise<unknown>;
  /** Every property that AWS tells, with undefined for one that it does not have; undefined when it is gone. */
  read(id: string, aws: Aws): Promise<PropertyMap | undefined>;
  update(id: string, inputs: PropertyMap, aws: Aws): Promise<unknown>;
  /** Succeeds when it is gone already. */
  delete(id: string, inputs: PropertyMap, aws: Aws): Promise<unknown>;
}

/** A text that the schema requires, or that was completed. */
export function textOf(inputs: PropertyMap, name: string): string {
  const value = inputs[name];
  if (typeof value !== "string") throw new Error(`Internal error: "${name}" is not a text`);
  return value;
}
