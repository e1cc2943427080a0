import { isClusterError } from "../../../../../provider/kube/connection/errors.ts";
import type { Context, ReadRequest, ReadResult } from "../../../../../provider/server/customResource.ts";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import { lookOnce } from "../cluster/ready.ts";
import { getObject } from "../cluster/requests.ts";
import type { Kind } from "../kinds.ts";
import { placeOfId, textAt } from "../object.ts";
import { clusterOf } from "./cluster.ts";
import { driftedInputsOf, importedInputsOf } from "./drift.ts";
import { outputsOf } from "./outputs.ts";

/** Reads the object as it is now; undefined when it is gone. Also serves imports and `get`. */
export async function read(
  kind: Kind,
  { id, inputs, outputs }: ReadRequest,
  context: Context,
): Promise<ReadResult | undefined> {
  const { connection, deleteUnreachable } = await clusterOf(context);
  const place = placeOfId(id, kind);
  try {
    const live = await getObject(connection, kind, place, "read", context.signal);
    const isManaged = Object.keys(inputs).length > 0;
    const found = { id, outputs: outputsOf(live, textAt(outputs, "__fieldManager")) };
    if (!isManaged) return { ...found, inputs: importedInputsOf(kind, live) };
    const failure = await lookOnce(kind, connection, live, inputs, context.signal);
    return { ...found, inputs: driftedInputsOf(inputs, outputs, live) as PropertyMap, ...(failure && { failure }) };
  } catch (error) {
    if (isClusterError(error) && error.missing !== undefined) return undefined;
    if (deleteUnreachable && isClusterError(error, "unreachable")) return undefined;
    throw error;
  }
}
