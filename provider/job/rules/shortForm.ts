import type { Finding } from "../../findings/finding.ts";
import type { PropertyPath } from "../../values/path.ts";
import { mapOf, type PropertyMap } from "../../values/value.ts";
import { isGiven } from "../defaults.ts";
import { groupsOf, isShort, shortForm } from "../shortForm.ts";

/** What is wrong with the short form of a cluster itself; what it is written out to is judged as any cluster is. */
export function shortFormFindings(inputs: PropertyMap): Finding[] {
  if (!isShort(inputs)) return [];
  return [...besideSpec(inputs), ...withoutImage(inputs), ...withoutCeiling(inputs)];
}

/** The findings about the cluster that the short form is written out to, each at the argument that says it. */
export function asSaid(findings: readonly Finding[], inputs: PropertyMap): Finding[] {
  if (!isShort(inputs) || isGiven(inputs.rayClusterSpec)) return [...findings];
  // Without one that all share no container has an image, which is said already.
  const told = findings.filter(({ code }) => code !== "RJ362" || isGiven(inputs.image));
  const placed = told.map((finding) => (finding.path[0] === "rayClusterSpec" ? atArgument(finding, inputs) : finding));
  // Requests and limits are said at once.
  const keys = placed.map(({ code, path }) => JSON.stringify([code, path]));
  return placed.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}

function besideSpec(inputs: PropertyMap): Finding[] {
  if (!isGiven(inputs.rayClusterSpec)) return [];
  return shortForm
    .filter((name) => isGiven(inputs[name]))
    .map((name) => ({
      code: "RJ311",
      severity: "error",
      path: [name],
      problem: `Cannot take both "${name}" and "rayClusterSpec"`,
      hint: "Drop one of them",
    }));
}

function withoutImage({ image, rayClusterSpec }: PropertyMap): Finding[] {
  if (isGiven(image) || isGiven(rayClusterSpec)) return [];
  const hint = 'Set "image", such as "rayproject/ray:2.52.0"';
  return [{ code: "RJ312", severity: "error", path: ["image"], problem: "Cannot tell in which image Ray runs", hint }];
}

function withoutCeiling({ workers }: PropertyMap): Finding[] {
  return groupsOf(workers).flatMap(([name, group]) => {
    const { minReplicas, maxReplicas } = mapOf(group);
    if (!isGiven(minReplicas) || isGiven(maxReplicas)) return [];
    return [
      {
        code: "RJ313" as const,
        severity: "error" as const,
        path: ["workers", name, "minReplicas"],
        problem: 'Cannot scale workers by "minReplicas" alone',
        hint: 'Set "maxReplicas", too, or "replicas" for a fixed number',
      },
    ];
  });
}

function atArgument(finding: Finding, inputs: PropertyMap): Finding {
  const [, field, index, ...inside] = finding.path;
  if (field === undefined) return asWhole(finding, shortForm.find((name) => isGiven(inputs[name])) ?? "image");
  if (field === "headGroupSpec") return { ...finding, path: partPath(["head"], finding.path) };
  if (field !== "workerGroupSpecs") return { ...finding, path: [field === "rayVersion" ? "image" : "workers"] };
  const [name, group] = groupsOf(inputs.workers)[Number(index)] ?? [];
  const path = partPath(name === undefined ? ["workers"] : ["workers", name], inside);
  // Of a fixed group the floor and the ceiling are its number.
  const isFixed = isBound(path.at(-1)) && !isGiven(mapOf(group)[String(path.at(-1))]);
  return { ...finding, path: isFixed ? [...path.slice(0, -1), "replicas"] : path };
}

function asWhole(finding: Finding, name: string): Finding {
  const named = (text: string) => text.replaceAll('"rayClusterSpec"', `"${name}"`);
  return { ...finding, path: [name], problem: named(finding.problem), hint: named(finding.hint) };
}

function partPath(group: PropertyPath, path: PropertyPath): PropertyPath {
  const said = parts[String(path.at(-1))];
  return said === undefined ? group : [...group, said];
}

function isBound(name: string | number | undefined): boolean {
  return name === "minReplicas" || name === "maxReplicas";
}

const parts: Readonly<Record<string, string>> = {
  replicas: "replicas",
  minReplicas: "minReplicas",
  maxReplicas: "maxReplicas",
  cpu: "cpu",
  memory: "memory",
  "nvidia.com/gpu": "gpu",
  "num-gpus": "gpu",
};
