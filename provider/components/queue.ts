import { isPropertyMap, mapOf, type PropertyMap } from "../values/value.ts";

/**
 * What is said of a component with more jobs than the deployment works on at once: the others are not even submitted before
 * one of them has ended. `parallel` is the engine's `--parallel`; nothing is said where that is not known.
 */
export function queueWarnings({ jobs }: PropertyMap, parallel = 0): string[] {
  const count = Object.values(mapOf(jobs)).filter((job) => isPropertyMap(job) && job.waitFor !== "none").length;
  if (parallel < 1 || count <= parallel) return [];
  return [
    `Only ${parallel} of the ${count} jobs can run at once: a deployment works on so many resources at a time (\`--parallel\`, by ` +
      "default four times the number of CPUs), and the others are submitted as these end. " +
      `With \`--parallel ${count}\` all of them run at once`,
  ];
}
