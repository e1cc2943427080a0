import { inYaml } from "./environment.ts";
import { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** What looks like a secret, and is not marked as one. */
export const plainSecretRules: readonly Rule[] = [
  {
    code: "RJ811",
    refuses: "secrets that the RayJob, the submitter's arguments and Ray's dashboard show to everybody (E10)",
    severity: "warning",
    each: (job) => [...job.at("runtimeEnv", "envVars").properties, ...namesInYaml(job)],
    path: [],
    broken: (variable, job) =>
      variable.isGiven && secretNames.test(nameOf(variable)) && !job.at("secretEnv", nameOf(variable)).isThere,
    problem: (variable) => `The value of "${nameOf(variable)}" will be readable in the RayJob and in Ray's dashboard`,
    hint: 'If it is secret, put it into a Kubernetes Secret and take it from there by "secretEnv"',
    refused: { runtimeEnv: { envVars: { WANDB_API_KEY: "0123" } } },
    accepted: { runtimeEnv: { envVars: { AWS_ACCESS_KEY_ID: "AKIA", TOKENIZERS_PARALLELISM: "true" } } },
  },
];

/** The names of variables that have a value, at the one place of the whole text. */
function namesInYaml(job: Place): Place[] {
  const { path } = job.at("runtimeEnvYAML");
  const variables = inYaml(job).at("env_vars").properties;
  return variables.filter(({ isGiven }) => isGiven).map(({ name }) => new Place(name, path));
}

function nameOf(variable: Place): string {
  return variable.path[0] === "runtimeEnvYAML" ? (variable.text ?? "") : variable.name;
}

const secretNames = /(^|_)(password|passwd|secret|token|(api|access|private|secret)_key|credentials?)$/i;
