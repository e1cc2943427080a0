import type { Finding } from "../../findings/finding.ts";
import type { PropertyPath } from "../../values/path.ts";
import type { TypedValue } from "./values.ts";

/** The amounts of CPU, memory and the like that Kubernetes cannot read, wherever the CRDs have one. */
export function amountFindings(values: readonly TypedValue[]): Finding[] {
  return values.flatMap(({ value, type, path }) =>
    type.type === "quantity" && typeof value === "string" && !quantity.test(value) ? [unreadable(value, path)] : [],
  );
}

// The CRD's pattern.
const quantity = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?(\d+(\.\d*)?|\.\d+))?$/;

function unreadable(amount: string, path: PropertyPath): Finding {
  const problem = `Cannot read "${amount}" as an amount of ${path.at(-1)}`;
  const hint = "Write a number with one of Kubernetes' units, such as 500m, 4 or 16Gi";
  return { code: "RJ361", severity: "error", path, problem, hint };
}
