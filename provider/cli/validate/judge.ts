import type { Finding } from "../../findings/finding.ts";
import type { Judgement } from "../../job/manifestFindings.ts";
import { verdictOn } from "../../job/objectVerdict.ts";
import type { PropertyPath } from "../../values/path.ts";
import { isList, isPropertyMap, mapOf, type PropertyMap } from "../../values/value.ts";
import type { ReadDocument } from "../documents.ts";
import type { Spot } from "../findingLine.ts";

/** A finding, and where it is in its file. */
export interface Located extends Spot {
  /** `namespace/name`, as far as they are said. */
  readonly rayJob: string;
  readonly finding: Finding;
}

/** What has become of the objects of a file. */
export interface Judged {
  /** Those that are, or make, RayJobs. */
  readonly rayJobs: number;
  /** Objects of other kinds. */
  readonly skipped: number;
  readonly findings: readonly Located[];
}

/** Judges the objects in the documents of a file, in the order of the file. */
export function judge(file: string, documents: readonly ReadDocument[], judgement: Judgement): Judged {
  const objects = documents.flatMap((document) =>
    objectsIn(document.value).map(({ object, path }) => ({ document, object, path, ...verdictOn(object, judgement) })),
  );
  const findings = objects.flatMap(({ document, object, path, findings: found }) =>
    found.map((finding) => located(file, document, object, path, finding)),
  );
  const rayJobs = objects.filter(({ isJudged }) => isJudged).length;
  return {
    rayJobs,
    skipped: objects.length - rayJobs,
    findings: findings.sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

interface Placed {
  readonly object: PropertyMap;
  readonly path: PropertyPath;
}

/** The object, or those of a List. */
function objectsIn(object: PropertyMap, path: PropertyPath = []): Placed[] {
  const { kind, items } = object;
  if (typeof kind !== "string" || !kind.endsWith("List") || !isList(items)) return [{ object, path }];
  return items.flatMap((item, index) => (isPropertyMap(item) ? objectsIn(item, [...path, "items", index]) : []));
}

function located(
  file: string,
  document: ReadDocument,
  object: PropertyMap,
  base: PropertyPath,
  finding: Finding,
): Located {
  const path = [...base, ...finding.path];
  const { namespace, name, generateName } = mapOf(object.metadata);
  const rayJob = [namespace, name ?? generateName].filter((part) => typeof part === "string").join("/");
  return { file, ...document.placeOf(path), rayJob, finding: { ...finding, path } };
}
