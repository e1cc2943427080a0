import type { Condition, Crd } from "./crd.ts";

/** Whether the API server serves the custom resources of a CRD. */
export type Acceptance =
  | { readonly state: "served" }
  | { readonly state: "pending" }
  /** Another CRD has its names. Nothing changes that but the end of the other one. */
  | { readonly state: "refused"; readonly because: string };

export function acceptanceOf({ status }: Crd): Acceptance {
  const conditions = status?.conditions ?? [];
  const names = conditionOf(conditions, "NamesAccepted");
  if (names?.status === "False")
    return { state: "refused", because: names.message ?? names.reason ?? "no reason given" };
  const isServed = names?.status === "True" && conditionOf(conditions, "Established")?.status === "True";
  return { state: isServed ? "served" : "pending" };
}

function conditionOf(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}
