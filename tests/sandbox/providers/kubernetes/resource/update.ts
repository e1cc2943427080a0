import type { Context, UpdateRequest } from "../../../../../provider/server/customResource.ts";
import { isKnown, type PropertyMap } from "../../../../../provider/values/value.ts";
import { ready } from "../cluster/ready.ts";
import { applyObject, getObject } from "../cluster/requests.ts";
import type { Kind } from "../kinds.ts";
import { placeOfId, textAt } from "../object.ts";
import { clusterOf } from "./cluster.ts";
import { foretold, writtenOutputsOf } from "./outputs.ts";

/** Applies the inputs and waits until the object is ready. What others have set in the meantime is a conflict. */
export async function update(
  kind: Kind,
  { id, newInputs, oldOutputs, preview }: UpdateRequest,
  context: Context,
): Promise<PropertyMap> {
  if (preview && !(isKnown(newInputs) && isKnown(context.configuration))) return foretold(kind, newInputs);
  const { connection } = await clusterOf(context);
  const fieldManager = textAt(oldOutputs, "__fieldManager") ?? "pulumi-kubernetes";
  // Applying would create an object that is gone.
  await getObject(connection, kind, placeOfId(id, kind), "update", context.signal);
  const options = { fieldManager, dryRun: preview, signal: context.signal };
  const applied = await applyObject(connection, kind, newInputs, options);
  if (preview) return foretold(kind, applied);
  const { outputs } = await ready(kind, connection, applied, context, (live) => ({
    id,
    outputs: writtenOutputsOf(live, newInputs, fieldManager),
  }));
  return outputs;
}
