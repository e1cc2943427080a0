import { duties } from "../../crds/duties.ts";
import { foretoldOutputsOf, versionOf } from "../../crds/outputs.ts";
import type { Context, UpdateRequest } from "../../server/customResource.ts";
import type { PropertyMap } from "../../values/value.ts";
import { sameClusterOf } from "../cluster.ts";
import { install } from "./install.ts";
import { crdsSubject } from "./state.ts";
import { refuseOtherOperators, surveyIfPossible } from "./survey.ts";

/** Brings the CRDs to another version, or back to what they were. The objects of them stay. */
export async function update(
  { oldInputs, oldOutputs, newInputs, preview }: UpdateRequest,
  context: Context,
): Promise<PropertyMap> {
  const version = versionOf(newInputs);
  const request = version && { version, inputs: newInputs, oldInputs };
  const isOwed = duties(oldOutputs, newInputs).length > 0;
  if (preview) {
    if (request && isOwed) await surveyIfPossible(request, context);
    return foretoldOutputsOf(newInputs, oldOutputs);
  }
  if (!request) throw new Error('Internal error: "version" is not known');
  const cluster = await sameClusterOf(context, oldOutputs, crdsSubject);
  if (isOwed) return install(request, cluster, context);
  if (newInputs.operatorNamespace !== oldInputs.operatorNamespace)
    await refuseOtherOperators(request, cluster, context);
  return foretoldOutputsOf(newInputs, oldOutputs);
}
