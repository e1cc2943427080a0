import { defaultOperatorNamespace } from "../crds/release.ts";
import type { Finding } from "../findings/finding.ts";
import { isGiven } from "../job/defaults.ts";
import { isMountPath, isVolumeName, mountPathHint, volumeNameHint } from "../job/rules/mounts.ts";
import { isPropertyMap, mapOf, type PropertyMap, UNKNOWN, type Value } from "../values/value.ts";
import { problemOf } from "./construct.ts";
import type { Problem } from "./problem.ts";
import { installsOperator, makesNamespace } from "./rayJobPlan.ts";
import { problemsOf } from "./workingDirBucket/problems.ts";

/** What is wrong with a component's arguments that only the component can see; a job's own are the job's to check. */
export function rayJobComponentProblems(args: PropertyMap): Problem[] {
  const findings = [...alternatives(args), ...volumes(args.volumes), ...namespaces(args), ...readers(args)];
  return [...findings.map(problemOf), ...bucketProblems(args.bucket)];
}

function bucketProblems(bucket: Value | undefined): Problem[] {
  return problemsOf(mapOf(bucket)).map((problem) => ({ ...problem, propertyPath: `bucket.${problem.propertyPath}` }));
}

/** Kubernetes' own namespaces, and the operator's, are made by others and must not go with the component. */
function namespaces(args: PropertyMap): Finding[] {
  const { namespace, operator } = args;
  if (!makesNamespace(args) || typeof namespace !== "string") return [];
  const operators = mapOf(operator).namespace ?? defaultOperatorNamespace;
  if (!namespace.startsWith("kube-") && !(namespace === operators && installsOperator(args))) return [];
  return [
    {
      code: "RJ905",
      severity: "error",
      path: ["namespace"],
      problem: `Cannot make the namespace "${namespace}": it is not the jobs' own`,
      hint: 'Choose another one, or set "createNamespace" to false',
    },
  ];
}

/** Somebody has to be the reader of the bucket. */
function readers({ bucket, serviceAccount }: PropertyMap): Finding[] {
  const { reader } = mapOf(bucket);
  const makesAccount = serviceAccount !== undefined && serviceAccount !== null;
  if (!isPropertyMap(reader) || isGiven(reader.serviceAccounts) || makesAccount) return [];
  return [
    {
      code: "RJ906",
      severity: "error",
      path: ["bucket", "reader", "serviceAccounts"],
      problem: "Cannot tell who reads the bucket",
      hint: 'Set "serviceAccount" to {} to have one made for the pods of Ray, or name the ones that there are as namespace/name',
    },
  ];
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
  return Object.entries(mapOf(value)).flatMap(([name, volume]) => ofVolume(name, volume));
}

function ofVolume(name: string, volume: Value | undefined): Finding[] {
  if (!isPropertyMap(volume)) return [];
  return [...ofPlace(name, volume), ...ofClaim(name, volume)];
}

/** The same as the jobs would say of what is mounted, but where it was written. */
function ofPlace(name: string, { mountPath }: PropertyMap): Finding[] {
  const path = ["volumes", name];
  const misnamed: Finding = {
    code: "RJ907",
    severity: "error",
    path,
    problem: `Cannot name a volume "${name}"`,
    hint: volumeNameHint,
  };
  const misplaced: Finding = {
    code: "RJ908",
    severity: "error",
    path: [...path, "mountPath"],
    problem: `Cannot mount a claim at "${String(mountPath)}"`,
    hint: mountPathHint,
  };
  return [
    ...(isVolumeName(name) ? [] : [misnamed]),
    ...(typeof mountPath === "string" && !isMountPath(mountPath) ? [misplaced] : []),
  ];
}

function ofClaim(name: string, volume: PropertyMap): Finding[] {
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
