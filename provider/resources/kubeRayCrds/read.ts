import { observed } from "../../crds/drift.ts";
import { appliedCrdsOf } from "../../crds/outputs.ts";
import { fieldManager } from "../../fieldManager.ts";
import { readCrd } from "../../kube/crds/readCrd.ts";
import type { Context, ReadRequest, ReadResult } from "../../server/customResource.ts";
import { sameClusterOf } from "../cluster.ts";
import { crdsSubject, stateOf } from "./state.ts";

/** Compares the CRDs with what was applied. Ones that are gone are drift, too: the next deployment puts them back. */
export async function read({ inputs, outputs }: ReadRequest, context: Context): Promise<ReadResult> {
  const known = Object.entries(appliedCrdsOf(outputs));
  if (known.length === 0) throw notImportable();
  const { connection, uid } = await sameClusterOf(context, outputs, crdsSubject);
  const found = await Promise.all(
    known.map(async ([name, applied]) => {
      const live = await readCrd(connection, name, context.signal);
      return { name, live, now: observed(applied, live, fieldManager) };
    }),
  );
  return { ...stateOf(inputs, Object.fromEntries(found.map(({ name, now }) => [name, now])), uid), inputs };
}

function notImportable(): Error {
  return new Error(
    "Cannot import KubeRay's CRDs: there is no need to. Declare a KubeRayCrds; its creation takes over those on the cluster",
  );
}
