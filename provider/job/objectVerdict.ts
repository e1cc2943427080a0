import { suggestionOf } from "../findings/closest.ts";
import type { Finding } from "../findings/finding.ts";
import type { PropertyMap } from "../values/value.ts";
import { cronJobFindings } from "./cronJob/cronJobFindings.ts";
import { isRayJob, type Judgement, manifestFindings } from "./manifestFindings.ts";

/** What is found in an object, of whatever kind. */
export interface Verdict {
  /** Whether it holds a RayJob. */
  readonly isJudged: boolean;
  readonly findings: readonly Finding[];
}

/** Judges a RayJob, or a RayCronJob with the one that it makes. Of other kinds only Ray's names are looked at. */
export function verdictOn(object: PropertyMap, judgement: Judgement): Verdict {
  if (isRayJob(object)) return { isJudged: true, findings: manifestFindings(object, judgement) };
  if (object.kind === "RayCronJob") return { isJudged: true, findings: cronJobFindings(object, judgement) };
  const isUnknown = isOfRay(object) && !kinds.includes(String(object.kind));
  return { isJudged: false, findings: isUnknown ? [unknownKind(object)] : [] };
}

function isOfRay({ apiVersion }: PropertyMap): boolean {
  return typeof apiVersion === "string" && apiVersion.startsWith("ray.io/");
}

const kinds = ["RayJob", "RayCluster", "RayService", "RayCronJob"];

function unknownKind({ apiVersion, kind }: PropertyMap): Finding {
  return {
    code: "RJ006",
    severity: "warning",
    path: ["kind"],
    problem: `There is no kind "${String(kind)}" in ${String(apiVersion)}: nothing of this object is looked at`,
    hint: suggestionOf(String(kind), kinds),
  };
}
