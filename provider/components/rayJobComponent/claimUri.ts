import { type Input, interpolate } from "@pulumi/pulumi";
import type { Argument } from "../argument.ts";

/**
 * A URI of a job's; one that leads to a volume of the component, with the name of its claim, which Pulumi makes up:
 * `pvc://data/raw` becomes `pvc://training-data-5fe0c19a/raw`. Any other name is that of a claim already.
 */
export function withClaimName(uri: Argument, claimNames: Readonly<Record<string, Input<string>>>): Input<unknown> {
  const [, volume = "", path] = /^pvc:\/\/([^/]*)(.*)$/s.exec(typeof uri.value === "string" ? uri.value : "") ?? [];
  return Object.hasOwn(claimNames, volume) ? interpolate`pvc://${claimNames[volume]}${path}` : uri.given;
}
