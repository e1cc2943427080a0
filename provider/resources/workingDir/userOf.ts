import { createHash } from "node:crypto";
import type { Context } from "../../server/customResource.ts";

/** Who uses a package: this resource, in this state and no other of the same names. */
export function userOf(urn: string, { providerId }: Context): string {
  return createHash("sha256").update(`${urn} ${providerId}`).digest("hex").slice(0, 16);
}
