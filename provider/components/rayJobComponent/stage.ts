import type { Input } from "@pulumi/pulumi";
import type { Argument } from "../argument.ts";
import { withClaimName } from "./claimUri.ts";

/** What a job stages, some of it perhaps from the component's own volumes. */
export function stageOf(job: Argument, claimNames: Readonly<Record<string, Input<string>>>): { stage?: object } {
  const stages = Object.entries(job.at("stage").properties);
  if (stages.length === 0) return {};
  const stage = stages.map(([name, each]) => {
    const from = each.at("from");
    return [name, from.isGiven ? { ...each.inputs, from: withClaimName(from, claimNames) } : each.given];
  });
  return { stage: Object.fromEntries(stage) };
}
