import { inYaml } from "./environment.ts";
import { attached } from "./examples.ts";
import { groupsOf, isAttached, rayContainerOf, variablesOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** Environment variables whose values are in Secrets. */
export const secretEnvRules: readonly Rule[] = [
  {
    code: "RJ721",
    refuses: "variables for the pods of a cluster that is there already",
    path: ["secretEnv"],
    broken: (job) => job.at("secretEnv").isGiven && isAttached(job),
    problem: "Cannot give variables to the pods of an existing cluster",
    hint: 'Drop "secretEnv", and set the variables where the cluster is made',
    refused: { ...attached, secretEnv: { TOKEN: { name: "hub" } } },
    accepted: { secretEnv: { TOKEN: { name: "hub" } } },
  },
  {
    code: "RJ722",
    refuses: "a variable that Kubernetes cannot name so",
    each: (job) => job.at("secretEnv").properties,
    path: [],
    broken: ({ name }) => !/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name),
    problem: ({ name }) => `Cannot name an environment variable "${name}"`,
    hint: "Use letters, digits, dashes, dots and underscores, with no digit first",
    refused: { secretEnv: { "2FA": { name: "hub", key: "code" } } },
    accepted: { secretEnv: { TWO_FA: { name: "hub", key: "2FA" } } },
  },
  {
    code: "RJ723",
    refuses: "a variable that has another value already: one of them would win without a word",
    each: (job) => job.at("secretEnv").properties,
    path: [],
    broken: (variable, job) => otherPlaceOf(variable.name, job) !== undefined,
    problem: (variable, job) => `"${variable.name}" has another value in ${otherPlaceOf(variable.name, job)}`,
    hint: "Drop one of them",
    refused: { secretEnv: { TOKEN: { name: "hub" } }, runtimeEnv: { envVars: { TOKEN: "none" } } },
    accepted: { secretEnv: { TOKEN: { name: "hub" } }, runtimeEnv: { envVars: { USER: "ray" } } },
  },
  {
    code: "RJ724",
    refuses: "a Secret that Kubernetes cannot have",
    each: (job) => job.at("secretEnv").properties,
    path: ["name"],
    broken: (variable) => variable.at("name").fails((name) => /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)),
    problem: (variable) => `There is no Secret "${variable.at("name").text}": Kubernetes does not take such a name`,
    hint: "Use lower-case letters, digits, dashes and dots; the value itself belongs into the Secret",
    refused: { secretEnv: { TOKEN: { name: "hf_token" } } },
    accepted: { secretEnv: { TOKEN: { name: "hf-token" } } },
  },
  {
    code: "RJ725",
    refuses: "a key that a Secret cannot have",
    each: (job) => job.at("secretEnv").properties,
    path: ["key"],
    broken: (variable) => variable.at("key").fails((key) => /^[-._a-zA-Z0-9]{1,253}$/.test(key)),
    problem: (variable) => `A Secret cannot have the key "${variable.at("key").text}"`,
    hint: "Use letters, digits, dashes, dots and underscores",
    refused: { secretEnv: { TOKEN: { name: "hub", key: "the token" } } },
    accepted: { secretEnv: { TOKEN: { name: "hub", key: "the.token" } } },
  },
];

/** Where else the job says what the variable is. */
function otherPlaceOf(name: string, job: Place): string | undefined {
  if (Object.hasOwn(job.at("runtimeEnv", "envVars").map, name)) return '"runtimeEnv.envVars"';
  if (Object.hasOwn(inYaml(job).at("env_vars").map, name)) return '"runtimeEnvYAML"';
  const inTemplate = groupsOf(job).some((group) => variablesOf(rayContainerOf(group).at("env"), [name]).length > 0);
  return inTemplate ? 'the "env" of a pod template' : undefined;
}
