import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import type { CustomResourceOptions, Input, Inputs } from "@pulumi/pulumi";
import { kubernetesNameOf } from "../../job/names.ts";
import type { Argument } from "../argument.ts";

/**
 * Those variables of a job's runtime environment whose values are secret. They go to Ray's pods by a Kubernetes Secret: in
 * the runtime environment, the RayJob and Ray's dashboard would show them.
 */
export function secretVariablesOf(job: Argument): Readonly<Record<string, Argument>> {
  return select(job, (variable) => variable.isSecret);
}

/**
 * The inputs of a job that take the place of its secret variables; `runtimeEnv` is what is made of its own otherwise.
 *
 * The Secret is a new one for a new value, with a name of its own, which re-runs the job: pods that run never see what an
 * old one has become.
 */
export function secretsApart(
  name: string,
  job: Argument,
  runtimeEnv: Inputs,
  namespace: Input<string>,
  options: CustomResourceOptions,
): Inputs {
  const secrets = Object.entries(secretVariablesOf(job));
  if (secrets.length === 0) return {};
  const stringData = Object.fromEntries(secrets.map(([variable, { given }]) => [variable, given as Input<string>]));
  const secret = new Secret(
    kubernetesNameOf(`${name}-env`),
    { metadata: { namespace }, stringData, immutable: true },
    options,
  );
  const references = secrets.map(([variable]) => [variable, { name: secret.metadata.name }]);
  return {
    runtimeEnv: { ...runtimeEnv, envVars: plainVariablesOf(job) },
    secretEnv: { ...job.at("secretEnv").inputs, ...Object.fromEntries(references) },
  };
}

/** The others, as the job takes them. */
export function plainVariablesOf(job: Argument): Readonly<Record<string, Input<unknown>>> {
  const plain = Object.entries(select(job, (variable) => !variable.isSecret));
  return Object.fromEntries(plain.map(([name, { given }]) => [name, given]));
}

function select(job: Argument, isWanted: (variable: Argument) => boolean): Readonly<Record<string, Argument>> {
  const { properties } = job.at("runtimeEnv").at("envVars");
  return Object.fromEntries(
    Object.entries(properties).filter(([, variable]) => variable.isGiven && isWanted(variable)),
  );
}
