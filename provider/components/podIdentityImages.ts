import { isGiven } from "../job/defaults.ts";
import { withClusterWritten } from "../job/shortForm.ts";
import { listOf, mapOf, type PropertyMap, type Value, valueAt } from "../values/value.ts";
import { hasOwnCluster, isLocal } from "./rayJobPlan.ts";

/**
 * What is said of jobs whose code is in S3 and whose image is one of Ray's own, where pods get their role by EKS Pod Identity:
 * that takes boto3 1.34.41, and images of Ray's with 1.29.7 are about.
 */
export function podIdentityWarnings({ bucket, jobs }: PropertyMap): string[] {
  if (!isGiven(mapOf(mapOf(bucket).reader).podIdentity)) return [];
  return Object.entries(mapOf(jobs)).flatMap(([name, job]) => {
    if (!hasOwnCluster(job) || !isFromS3(mapOf(mapOf(job).runtimeEnv).workingDir)) return [];
    const images = new Set(imagesOf(job).filter((image) => stock.test(image)));
    return [...images].map(
      (image) =>
        `The job "${name}" uses the image ${image}, whose boto3 may be too old for EKS Pod Identity, which takes 1.34.41: its ` +
        "code could not be read then. Use an image with a newer boto3, or `bucket.reader.oidcProviderArn`",
    );
  });
}

/** `rayproject/ray:2.9.0` and its sisters, in Docker's own registry or a mirror of it. */
const stock = /(^|\/)rayproject\/ray(-[a-z]+)?([:@]|$)/;

function isFromS3(workingDir: Value | undefined): boolean {
  return isLocal(workingDir) || (typeof workingDir === "string" && workingDir.startsWith("s3://"));
}

/** The images of all that Ray runs in. */
function imagesOf(job: Value | undefined): string[] {
  const { headGroupSpec, workerGroupSpecs } = mapOf(withClusterWritten(mapOf(job)).rayClusterSpec);
  const groups: readonly (Value | undefined)[] = [headGroupSpec, ...listOf(workerGroupSpecs)];
  return groups.flatMap((group) => {
    const image = valueAt(group, ["template", "spec", "containers", 0, "image"]);
    return typeof image === "string" ? [image] : [];
  });
}
