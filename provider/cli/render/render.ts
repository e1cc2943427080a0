import type { Finding } from "../../findings/finding.ts";
import { withName } from "../../job/completed.ts";
import { findingsOf, type Knowledge } from "../../job/findings.ts";
import { specOf } from "../../job/manifest.ts";
import { withNamespace } from "../../resources/namespace.ts";
import { mapOf, type PropertyMap, UNKNOWN } from "../../values/value.ts";
import { judgedOf, type Placeholders, placeheldOf, secretPathsIn } from "./interpolations.ts";
import type { Job } from "./job.ts";

/** A RayJob as it would be submitted, and what is wrong with its arguments. */
export interface Rendered {
  readonly manifest: PropertyMap;
  readonly findings: readonly Finding[];
}

/** What is said on the command line instead of by the arguments. */
export interface Overrides {
  readonly name?: string;
  readonly namespace?: string;
}

/** The RayJob that the resource would submit, without the labels and annotations by which it knows it again. */
export function render(job: Job, overrides: Overrides, knowledge: Knowledge, placeholders: Placeholders): Rendered {
  const said = { ...job.inputs, ...overrides };
  const resource = { urn: "", name: job.name };
  const judged = withName(resource, {}, withNamespace(mapOf(judgedOf(said)), {}));
  const shown = withNamespace(mapOf(placeheldOf(said, placeholders)), {});
  // A generated name is made from all of it.
  const name =
    judged.name === UNKNOWN && said.name === undefined ? placeholders.wordFor(`\${${job.name}.name}`) : judged.name;
  return {
    manifest: manifestOf({ ...shown, name: shown.name ?? name }, placeholders),
    findings: findingsOf(judged, knowledge, secretPathsIn(job.inputs)),
  };
}

function manifestOf(inputs: PropertyMap, placeholders: Placeholders): PropertyMap {
  const { name, namespace, labels, annotations } = inputs;
  const texts: PropertyMap = { ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) };
  const manifest: PropertyMap = {
    apiVersion: "ray.io/v1",
    kind: "RayJob",
    metadata: { name, namespace, ...texts },
    spec: withoutHidden(specOf(inputs), inputs, placeholders),
  };
  return mapOf(placeholders.shownIn(manifest));
}

/** An entry point that is more than words is encoded, and what only a deployment knows with it. */
function withoutHidden(spec: PropertyMap, { entrypoint }: PropertyMap, placeholders: Placeholders): PropertyMap {
  const isHidden = placeholders.isIn(entrypoint) && !placeholders.isIn(spec.entrypoint);
  return isHidden ? { ...spec, entrypoint: placeholders.wordFor(`\${the entrypoint, encoded}`) } : spec;
}
