import { mapOf, type PropertyMap } from "../values/value.ts";
import { isGiven } from "./defaults.ts";

/** The pod template with the labels that all pods of the job have; its own win. */
export function withPodLabels(template: PropertyMap, { podLabels }: PropertyMap): PropertyMap {
  if (!isGiven(podLabels)) return template;
  const metadata = mapOf(template.metadata);
  return { ...template, metadata: { ...metadata, labels: { ...mapOf(podLabels), ...mapOf(metadata.labels) } } };
}
