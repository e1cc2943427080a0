import { operatorFeatureGatesOf } from "../../components/featureGates.ts";
import { rayJobComponentFindings } from "../../components/rayJobComponent/findings.ts";
import { hasOwnCluster, installsOperator, isLocal } from "../../components/rayJobPlan.ts";
import { defaultKubeRayVersion } from "../../crds/release.ts";
import { apartFrom } from "../../findings/apart.ts";
import type { Finding } from "../../findings/finding.ts";
import { type PackageSchema, shapeFindings } from "../../findings/shape.ts";
import type { PropertyPath } from "../../values/path.ts";
import {
  isList,
  isPropertyMap,
  listOf,
  mapOf,
  type PropertyMap,
  sortedEntries,
  type Value,
  valueAt,
} from "../../values/value.ts";
import { isSecret, judgedOf } from "./interpolations.ts";
import type { Job } from "./job.ts";
import type { ProgramResource } from "./program.ts";

/** What is wrong with a component's own arguments, in the paths of the document. */
export function componentFindings({ path, properties }: ProgramResource, schema: PackageSchema): Finding[] {
  const judged = mapOf(judgedOf(properties));
  const jobs = Object.entries(mapOf(properties.jobs));
  const secrets = Object.fromEntries(jobs.map(([name, job]) => [name, Object.keys(secretVariablesOf(job))] as const));
  const misshapen = shapeFindings(judged, schema, "rayjob:index:RayJobComponent");
  const found = [...misshapen, ...apartFrom(misshapen, rayJobComponentFindings(judged, secrets))];
  return found.map((finding) => ({ ...finding, path: [...path, ...finding.path] }));
}

/** The jobs of a component, with what it adds to each; what it makes first is known by its name alone. */
export function jobsOfComponent({ name: component, path, properties: args }: ProgramResource): Job[] {
  return Object.entries(mapOf(args.jobs)).map(([name, job]) => ({
    name: `${component}-${name}`,
    inputs: inputsOf(`${component}-${name}`, mapOf(job), args),
    placeOf: (inside) => [...path, ...placeIn(args, name, inside)],
  }));
}

function inputsOf(name: string, job: PropertyMap, args: PropertyMap): PropertyMap {
  const isOwn = hasOwnCluster(job);
  const secrets = Object.keys(secretVariablesOf(job)).map((variable) => {
    return [variable, { name: madeHere(`the Secret of ${name}`) }] as const;
  });
  return {
    ...kubeRayOf(args),
    ...(isOwn ? accountOf(args) : {}),
    ...job,
    ...labelsOf(args, job),
    ...(isPropertyMap(job.runtimeEnv) ? { runtimeEnv: runtimeEnvOf(job, args) } : {}),
    ...(isPropertyMap(job.stage) ? { stage: stageOf(job.stage, args) } : {}),
    ...(isPropertyMap(args.volumes) && isOwn ? { mounts: mountsOf(args, job) } : {}),
    ...(secrets.length > 0 ? { secretEnv: { ...mapOf(job.secretEnv), ...Object.fromEntries(secrets) } } : {}),
    namespace: args.namespace ?? "default",
  };
}

/** Where in the component's arguments a job's argument is written. */
function placeIn(args: PropertyMap, job: string, path: PropertyPath): PropertyPath {
  const [first = "", second = "", ...rest] = path;
  const said = valueAt(args, ["jobs", job, first]);
  if (first === "mounts" && valueAt(said, [second]) === undefined) {
    return ["volumes", second, ...rest.map((name) => (name === "claimName" ? "existingClaim" : name))];
  }
  if (first === "namespace") return path;
  if ((first === "labels" || first === "podLabels") && valueAt(said, [second]) === undefined) return path;
  if (said !== undefined) return ["jobs", job, ...path];
  if (first === "kubeRayVersion") return ["operator", "version"];
  if (first === "kubeRayFeatureGates") return placeOfGate(args, second);
  if (first === "serviceAccountName")
    return isPropertyMap(args.serviceAccount) ? ["serviceAccount"] : ["existingServiceAccount"];
  return ["jobs", job, ...path];
}

function labelsOf(args: PropertyMap, job: PropertyMap): PropertyMap {
  const both = ["labels", "podLabels"].filter((name) => isPropertyMap(args[name]));
  return Object.fromEntries(both.map((name) => [name, { ...mapOf(args[name]), ...mapOf(job[name]) }] as const));
}

function placeOfGate(args: PropertyMap, gate: string | number): PropertyPath {
  const list = ["operator", "values", "featureGates"];
  const index = listOf(valueAt(args, list)).findIndex((each) => mapOf(each).name === gate);
  return index === -1 ? list : [...list, index, "name"];
}

function kubeRayOf(args: PropertyMap): PropertyMap {
  // A program may take all settings of the operator from elsewhere.
  if (typeof args.operator === "string") return {};
  const version =
    valueAt(args, ["operator", "version"]) ?? (installsOperator(args) ? defaultKubeRayVersion : undefined);
  const gates = operatorFeatureGatesOf(args.operator);
  return {
    ...(version === undefined ? {} : { kubeRayVersion: version }),
    ...(isPropertyMap(gates) ? { kubeRayFeatureGates: gates } : {}),
  };
}

function accountOf({ serviceAccount, existingServiceAccount }: PropertyMap): PropertyMap {
  if (isPropertyMap(serviceAccount)) {
    return { serviceAccountName: serviceAccount.name ?? madeHere("the service account") };
  }
  return existingServiceAccount ? { serviceAccountName: existingServiceAccount } : {};
}

function mountsOf(args: PropertyMap, { mounts }: PropertyMap): PropertyMap {
  const made = sortedEntries(mapOf(args.volumes)).map(([name, volume]): [string, Value] => {
    const { mountPath, subPath, readOnly } = mapOf(volume);
    return [name, { claimName: claimOf(name, volume), mountPath, subPath, readOnly }];
  });
  return { ...Object.fromEntries(made), ...mapOf(mounts) };
}

function claimOf(name: string, volume: Value | undefined): Value {
  return mapOf(volume).existingClaim ?? madeHere(`the claim of ${name}`);
}

/** The runtime environment with what takes the place of code on this machine and of secret variables. */
function runtimeEnvOf(job: PropertyMap, args: PropertyMap): PropertyMap {
  const { workingDir, pyModules, excludes: _, envVars, ...others } = mapOf(job.runtimeEnv);
  const secret = secretVariablesOf(job);
  const plain = Object.entries(mapOf(envVars)).filter(([name]) => !Object.hasOwn(secret, name));
  return {
    ...others,
    ...(workingDir === undefined ? {} : { workingDir: uriOf(workingDir, args) }),
    ...(isList(pyModules) ? { pyModules: pyModules.map((each) => uriOf(each, args)) } : {}),
    ...(isPropertyMap(envVars) && !isSecret(envVars)
      ? { envVars: Object.fromEntries(plain) }
      : envVars
        ? { envVars }
        : {}),
  };
}

function secretVariablesOf(job: Value | undefined): PropertyMap {
  const variables = Object.entries(mapOf(valueAt(job, ["runtimeEnv", "envVars"])));
  return Object.fromEntries(variables.filter(([, value]) => isSecret(value)));
}

function stageOf(stage: PropertyMap, args: PropertyMap): PropertyMap {
  const staged = Object.entries(stage).map(([name, each]): [string, Value | undefined] => {
    const { from, ...others } = mapOf(each);
    return [name, from === undefined ? each : { ...others, from: withClaim(from, args) }];
  });
  return Object.fromEntries(staged);
}

function uriOf(code: Value, args: PropertyMap): Value {
  const isHere = typeof code === "string" && !code.includes("${") && isLocal(code);
  return isHere ? madeHere(`the package of ${code}`) : withClaim(code, args);
}

/** A URI that leads to one of the component's volumes, with the name of its claim. */
function withClaim(uri: Value, { volumes }: PropertyMap): Value {
  const [, volume = "", path = ""] = /^pvc:\/\/([^/]*)(.*)$/s.exec(typeof uri === "string" ? uri : "") ?? [];
  const known = mapOf(volumes);
  return Object.hasOwn(known, volume) ? `pvc://${String(claimOf(volume, known[volume]))}${path}` : uri;
}

function madeHere(what: string): string {
  return `\${${what}}`;
}
