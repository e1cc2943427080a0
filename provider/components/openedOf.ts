import type { Output } from "@pulumi/pulumi";

/** What an output holds, with the SDK's mark for what is not known in it. The SDK's own provider server opens outputs so; it does not declare it. */
export function openedOf(given: Output<unknown>): Promise<unknown> {
  return (given as unknown as Opened).promise(true);
}

interface Opened {
  promise(withUnknowns: boolean): Promise<unknown>;
}
