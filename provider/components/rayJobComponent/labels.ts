import { type Input, type Inputs, output } from "@pulumi/pulumi";
import { UNKNOWN } from "../../values/value.ts";
import type { Argument } from "../argument.ts";

/** The labels that a component's argument gives to every job, with the job's own over them. */
export function labelsOf(component: Argument, job: Argument): Inputs {
  return { ...together("labels", component, job), ...together("podLabels", component, job) };
}

function together(name: "labels" | "podLabels", component: Argument, job: Argument): Inputs {
  const [common, own] = [component.at(name), job.at(name)];
  if (!common.isGiven || !own.isGiven) return common.isGiven ? { [name]: common.given } : {};
  if (![common.value, own.value].includes(UNKNOWN)) return { [name]: { ...common.inputs, ...own.inputs } };
  const merged = output([common.given, own.given] as Input<object>[]).apply(([first, second]) => ({
    ...first,
    ...second,
  }));
  return { [name]: merged };
}
