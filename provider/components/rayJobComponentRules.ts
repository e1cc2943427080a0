import type { Finding } from "../findings/finding.ts";
import { isGiven } from "../job/defaults.ts";
import { isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../values/value.ts";

/** What is wrong with a component's arguments that only the component can see; a job's own are the job's to check. */
export function rayJobComponentFindings(args: PropertyMap): Finding[] {
  return [...alternatives(args), ...volumes(args.volumes)];
}

/** Things are made or brought along. */
function alternatives(args: PropertyMap): Finding[] {
  const pairs = [
    { made: "bucket", existing: "existingBucket", code: "RJ901" },
    { made: "serviceAccount", existing: "existingServiceAccount", code: "RJ902" },
  ] as const;
  return pairs
    .filter(({ made, existing }) => isGiven(args[made]) && isGiven(args[existing]))
    .map(({ made, existing, code }) => ({
      code,
      severity: "error",
      path: [existing],
      problem: `Cannot take both "${made}" and "${existing}"`,
      hint: `Drop "${made}" to use the existing one, or "${existing}" to make one`,
    }));
}

function volumes(value: Value | undefined): Finding[] {
  return isPropertyMap(value) ? Object.entries(value).flatMap(([name, volume]) => ofVolume(name, volume)) : [];
}

function ofVolume(name: string, volume: Value | undefined): Finding[] {
  if (!isPropertyMap(volume)) return [];
  const path = ["volumes", name];
  const { size, existingClaim } = volume;
  if (!isGiven(existingClaim) && !isGiven(size)) {
    const problem = `Cannot make a claim for the volume "${name}" without a size`;
    const hint = 'Set "size", such as 5Gi, or "existingClaim" to the name of a claim';
    return [{ code: "RJ903", severity: "error", path: [...path, "size"], problem, hint }];
  }
  if (!isGiven(existingClaim) || existingClaim === UNKNOWN) return [];
  return ["size", "storageClassName", "accessModes", "retainOnDelete"]
    .filter((property) => isGiven(volume[property]))
    .map((property) => ({
      code: "RJ904",
      severity: "error",
      path: [...path, property],
      problem: `Cannot set "${property}" of a claim that is there already`,
      hint: `Drop "${property}", or "existingClaim" to make a claim`,
    }));
}
