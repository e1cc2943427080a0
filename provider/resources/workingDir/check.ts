import { shapeFindings } from "../../findings/shape.ts";
import { contentOf } from "../../packaging/announcement.ts";
import { concernsOf } from "../../packaging/concerns/concerns.ts";
import { PackagingError } from "../../packaging/packagingError.ts";
import { sourceFindings, workingDirFindings } from "../../packaging/rules.ts";
import { packageOf } from "../../packaging/sources/packageOf.ts";
import { packageSchema } from "../../schema/packageSchema.ts";
import type { CheckRequest, CheckResult } from "../../server/customResource.ts";
import { differencesBetween } from "../../values/difference.ts";
import { isKnown, isList, type PropertyMap, UNKNOWN, withoutNulls } from "../../values/value.ts";
import { checkFailureOf } from "../checkFailure.ts";
import { packagesInUse } from "./inUse.ts";
import { type Computed, computed, placeOf, sourceOf } from "./state.ts";

/** Refuses what cannot be packaged or stored, and finds out what the package would be. Reads the directory, not the bucket. */
export async function check({ urn, oldInputs, newInputs }: CheckRequest): Promise<CheckResult> {
  const isNew = Object.keys(oldInputs).length === 0;
  const { said, kept } = taken(newInputs, oldInputs);
  const args: PropertyMap = { prefix: "working-dirs", ...said };
  const schema = await packageSchema();
  const shape = shapeFindings(args, schema, "rayjob:index:WorkingDir");
  const findings = [...shape, ...sourceFindings(args), ...workingDirFindings(args)];
  const failures = findings.map(checkFailureOf);
  if (findings.some(({ path: [name] }) => packaging.includes(String(name)))) return { inputs: args, failures };
  try {
    const { found, warnings } = kept === undefined ? await surveyed(args) : { found: kept, warnings: [] };
    const inputs = { ...args, ...found };
    packagesInUse.add(urn, placeOf(inputs));
    return { inputs, failures, warnings, ...(isNew ? { announcement: contentOf(inputs) } : {}) };
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error;
    const path = [args.archive === undefined ? "path" : "archive"];
    return { inputs: args, failures: [...failures, { path, reason: error.message }] };
  }
}

/** The arguments that the package depends on. */
const packaging: readonly string[] = ["path", "archive", "excludes", "includeParentDir"];

/**
 * What the program says. With `ignoreChanges` the engine puts what an earlier check has found out among it: then the package
 * stays as it is.
 */
function taken(newInputs: PropertyMap, oldInputs: PropertyMap): { said: PropertyMap; kept?: Computed } {
  const said = Object.entries(withoutNulls(newInputs)).filter(([name]) => !isOld(name));
  const { hash, files, fileCount, sizeBytes } = oldInputs;
  return { said: Object.fromEntries(said), ...(isOld("hash") ? { kept: { hash, files, fileCount, sizeBytes } } : {}) };

  function isOld(name: string): boolean {
    if (!computed.some((each) => each === name) || newInputs[name] === undefined) return false;
    return differencesBetween(oldInputs[name], newInputs[name]).length === 0;
  }
}

async function surveyed(args: PropertyMap): Promise<{ found: Computed; warnings: readonly string[] }> {
  if (!packaging.every((name) => isKnown(args[name]))) {
    return { found: { hash: UNKNOWN, files: UNKNOWN, fileCount: UNKNOWN, sizeBytes: UNKNOWN }, warnings: [] };
  }
  const made = await packageOf(sourceOf(args));
  const { hash, files, listing, sizeBytes } = made;
  const expected = isList(args.expectedFiles) ? args.expectedFiles.filter((path) => typeof path === "string") : [];
  const found = { hash, files: listing, fileCount: files.length, sizeBytes };
  return { found, warnings: await concernsOf(made, expected) };
}
