import type { UpdateRequest } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import { outputsOf } from "./state.ts";

/** Nothing about a stored package can change: what does makes another one. */
export async function update({ oldOutputs: { usedBy }, newInputs }: UpdateRequest): Promise<PropertyMap> {
  return { ...outputsOf(newInputs), ...(usedBy === undefined ? {} : { usedBy }) };
}
