import { defaultOperatorNamespace } from "../../crds/release.ts";
import type { Finding } from "../../findings/finding.ts";
import { isGiven } from "../../job/defaults.ts";
import { dnsLabelHint, isDnsLabel } from "../../job/rules/dnsLabel.ts";
import { isMountPath, mountPathHint } from "../../job/rules/mounts.ts";
import { isPropertyMap, mapOf, type PropertyMap, UNKNOWN, type Value, valueAt } from "../../values/value.ts";
import { featureGateFindings } from "../featureGates.ts";
import { hasOwnCluster, installsOperator, makesNamespace } from "../rayJobPlan.ts";
import { singlePodVolumes } from "../sharedVolumes.ts";
import { pinnedCode } from "./pinnedCode.ts";

/** The variables of the jobs' runtime environments whose values are secret, by the names of the jobs. */
export type SecretVariables = Readonly<Record<string, readonly string[]>>;

/** What is wrong with a component's arguments that only the component can see, but for its bucket's settings. */
export function rayJobComponentFindings(args: PropertyMap, secretVariables: SecretVariables): Finding[] {
  return [
    ...alternatives(args),
    ...volumes(args.volumes),
    ...singlePodVolumes(args),
    ...namespaces(args),
    ...readers(args),
    ...featureGates(args),
    ...pinnedCode(args),
    ...secrets(args, secretVariables),
    ...secretsTwice(args, secretVariables),
  ];
}

/** Into pods that are there already nothing can be put, and anything else would show the secret. */
function secrets({ jobs }: PropertyMap, secretVariables: SecretVariables): Finding[] {
  return Object.entries(secretVariables).flatMap(([name, variables]) =>
    (hasOwnCluster(mapOf(jobs)[name]) ? [] : variables).map((variable) => ({
      code: "RJ909",
      severity: "error",
      path: ["jobs", name, "runtimeEnv", "envVars", variable],
      problem: `Cannot bring the secret "${variable}" to an existing cluster`,
      hint: "Put it into a Kubernetes Secret, and refer to that in the pods of the cluster, where the cluster is made",
    })),
  );
}

/** A variable has one value: in the pods one of two would win without a word. */
function secretsTwice({ jobs }: PropertyMap, secretVariables: SecretVariables): Finding[] {
  return Object.entries(secretVariables).flatMap(([name, variables]) =>
    variables
      .filter((variable) => (valueAt(jobs, [name, "secretEnv", variable]) ?? null) !== null)
      .map((variable) => ({
        code: "RJ911",
        severity: "error",
        path: ["jobs", name, "secretEnv", variable],
        problem: `"${variable}" has another value in "runtimeEnv.envVars"`,
        hint: "Drop one of them",
      })),
  );
}

function featureGates(args: PropertyMap): Finding[] {
  if (!installsOperator(args)) return [];
  return featureGateFindings(mapOf(args.operator)).map((finding) => ({
    ...finding,
    path: ["operator", ...finding.path],
  }));
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
    hint: dnsLabelHint,
  };
  const misplaced: Finding = {
    code: "RJ908",
    severity: "error",
    path: [...path, "mountPath"],
    problem: `Cannot mount a claim at "${String(mountPath)}"`,
    hint: mountPathHint,
  };
  return [
    ...(isDnsLabel(name) ? [] : [misnamed]),
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
