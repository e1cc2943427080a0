import { type Finding, sentenceOf } from "../findings/finding.ts";
import { mergedBy } from "../values/mergePatch.ts";
import { formatPath } from "../values/path.ts";
import type { PropertyMap, Value } from "../values/value.ts";
import { editsOf } from "./edits.ts";
import { listed } from "./listed.ts";
import { importedInputsOf } from "./live.ts";
import type { RayJob } from "./rayJob.ts";
import { validate } from "./rules/validate.ts";

/**
 * Why a patch must not be sent: KubeRay ends a job for good whose spec it finds invalid, and what the patch is merged into is
 * what others have made of the spec that was last given `inputs`. Undefined if it may be sent.
 */
export function refusalOf(live: RayJob, patch: PropertyMap, inputs: PropertyMap): string | undefined {
  const patched = mergedBy(live as unknown as Value, patch) as unknown as RayJob;
  const before = errorsIn(live).map(placeOf);
  // What is wrong already is not this patch's doing, nor KubeRay's opinion: the job would have ended.
  const caused = errorsIn(patched).filter((finding) => !before.includes(placeOf(finding)));
  if (caused.length === 0) return undefined;
  const { namespace, name } = live.metadata;
  return [
    `Cannot update RayJob/${namespace}/${name}: KubeRay would refuse what comes of it, and end the job. Nothing was sent`,
    ...caused.map((finding) => `${formatPath(finding.path)}: ${sentenceOf(finding)}`),
    ...sentencesOnEdits(live, inputs),
  ].join("\n");
}

function errorsIn(rayJob: RayJob): Finding[] {
  return validate(importedInputsOf(rayJob)).filter(({ severity }) => severity === "error");
}

function placeOf({ code, path }: Finding): string {
  return `${code} ${formatPath(path)}`;
}

function sentencesOnEdits(live: RayJob, inputs: PropertyMap): string[] {
  const edits = editsOf(inputs, live);
  if (edits.length === 0) return [];
  const wayOut = edits.every(({ isObeyed }) => isObeyed)
    ? "`pulumi refresh` takes note of that, and the next `pulumi up` puts it right"
    : `undo that with \`kubectl -n ${live.metadata.namespace} edit rayjob ${live.metadata.name}\``;
  return [`Somebody else has changed ${listed(edits.map(({ path }) => formatPath(path)))} on the cluster: ${wayOut}`];
}
