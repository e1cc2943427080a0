import type { PropertyMap, Value } from "../values/value.ts";
import { changesBetween } from "./changes.ts";
import { rayJobNameOf, type Subject } from "./names.ts";

/**
 * The arguments with a name, where they have none. A generated name holds as long as the job does: a new version of this
 * package that generated another one would otherwise re-run every job of every stack.
 */
export function withName(resource: Subject, oldInputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  const name: Value = inputs.name ?? nameOf(resource, oldInputs, inputs);
  return { ...inputs, name };
}

function nameOf(resource: Subject, oldInputs: PropertyMap, inputs: PropertyMap): Value {
  const { name } = oldInputs;
  if (name === undefined) return rayJobNameOf(resource, inputs);
  const reruns = changesBetween(oldInputs, { ...inputs, name }).some((change) => change.class === "rerun");
  return reruns ? rayJobNameOf(resource, inputs) : name;
}
