import { shapeFindings } from "../../findings/shape.ts";
import { listingOf } from "../../packaging/listing.ts";
import { PackagingError } from "../../packaging/packagingError.ts";
import { workingDirFindings } from "../../packaging/rules.ts";
import { survey } from "../../packaging/survey.ts";
import { packageSchema } from "../../schema/packageSchema.ts";
import type { CheckRequest, CheckResult } from "../../server/customResource.ts";
import { differencesBetween } from "../../values/difference.ts";
import { isKnown, type PropertyMap, UNKNOWN, withoutNulls } from "../../values/value.ts";
import { checkFailureOf } from "../checkFailure.ts";
import { packagesInUse } from "./inUse.ts";
import { type Computed, computed, packagedOf, placeOf } from "./state.ts";

/** Refuses what cannot be packaged or stored, and finds out what the package would be. Reads the directory, not the bucket. */
export async function check({ urn, oldInputs, newInputs }: CheckRequest): Promise<CheckResult> {
  const { said, kept } = taken(newInputs, oldInputs);
  const args = { prefix: "working-dirs", ...said };
  const schema = await packageSchema();
  const findings = [...shapeFindings(args, schema, "rayjob:index:WorkingDir"), ...workingDirFindings(args)];
  const failures = findings.map(checkFailureOf);
  if (findings.some(({ path: [name] }) => name === "path" || name === "excludes")) return { inputs: args, failures };
  try {
    const inputs = { ...args, ...(kept ?? (await surveyed(args))) };
    packagesInUse.add(urn, placeOf(inputs));
    return { inputs, failures };
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error;
    return { inputs: args, failures: [...failures, { path: ["path"], reason: error.message }] };
  }
}

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

async function surveyed(args: PropertyMap): Promise<Computed> {
  if (!isKnown(args.path) || !isKnown(args.excludes)) {
    return { hash: UNKNOWN, files: UNKNOWN, fileCount: UNKNOWN, sizeBytes: UNKNOWN };
  }
  const { path, excludes } = packagedOf(args);
  const { hash, files, sizeBytes } = await survey(path, excludes);
  return { hash, files: listingOf(files), fileCount: files.length, sizeBytes };
}
