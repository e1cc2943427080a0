import type { Finding } from "../../findings/finding.ts";
import { isGiven } from "../../job/defaults.ts";
import { isPackageUri } from "../../packaging/listing.ts";
import { mapOf, type PropertyMap } from "../../values/value.ts";
import { codeOf, makesBucket } from "../rayJobPlan.ts";

/**
 * What is said of jobs whose code is a package by its URI, where nothing asks for a bucket: if the component has made the one that
 * the package is in, the bucket leaves the program and goes, with the package, at the end of that very deployment.
 */
export function pinnedCode(args: PropertyMap): Finding[] {
  if (makesBucket(args) || isGiven(args.existingBucket)) return [];
  const jobs = Object.entries(mapOf(args.jobs)).filter(([, job]) =>
    codeOf(job).some((code) => typeof code === "string" && isPackageUri(code)),
  );
  if (jobs.length === 0) return [];
  const named = jobs.map(([name]) => `"${name}"`).join(", ");
  return [
    {
      code: "RJ913",
      severity: "warning",
      path: ["bucket"],
      problem: `Nothing asks for a bucket, and the code of ${named} looks like a package in one that a component has made`,
      hint:
        'If this component has, the bucket is deleted together with the package: set "bucket" to {} to keep it. If not, ' +
        '"existingBucket" says which bucket it is',
    },
  ];
}
