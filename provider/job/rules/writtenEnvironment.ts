import { suggestionOf } from "../../findings/closest.ts";
import { isPropertyMap } from "../../values/value.ts";
import { listed } from "../listed.ts";
import { rayEnvironmentNames } from "../runtimeEnvironment.ts";
import { inYaml } from "./environment.ts";
import { textAt } from "./parts.ts";
import { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** Ray's runtime environment as text: what the schema refuses in "runtimeEnv", and files that stay here. */
export const writtenEnvironmentRules: readonly Rule[] = [
  {
    code: "RJ514",
    refuses: "variables that are no texts: Ray refuses the submission (E9)",
    path: ["runtimeEnvYAML"],
    broken: (job) => wrongVariables(job).length > 0,
    problem: (job) => `Cannot set ${listed(wrongVariables(job))}: to Ray variables are texts`,
    hint: 'Write names and values under "env_vars", and the values in quotes, such as A: "1"',
    refused: { runtimeEnvYAML: "env_vars: {EPOCHS: 3}" },
    accepted: { runtimeEnvYAML: 'env_vars: {EPOCHS: "3"}' },
  },
  {
    code: "RJ515",
    // An absolute path can be one of the image's, in which Ray reads it.
    refuses: "packages from a file of this machine (E9)",
    each: (job) => localFiles(job).map((file) => new Place(file, ["runtimeEnvYAML"])),
    path: [],
    broken: () => true,
    problem: (file) =>
      `Cannot take packages from the file "${file.text}": Ray looks for it in the pod that submits the job`,
    hint: 'Write what is in it, such as "pip: [numpy]", or use "runtimeEnv", which takes the file in',
    refused: { runtimeEnvYAML: "pip: ./requirements.txt" },
    accepted: { runtimeEnvYAML: "conda: base" },
  },
  {
    code: "RJ516",
    refuses: "names that Ray does not know, and leaves out (E9)",
    severity: "warning",
    each: (job) => unknownNames(job).map((name) => new Place(name, ["runtimeEnvYAML"])),
    path: [],
    broken: () => true,
    problem: (name) => `Ray has no "${name.text}" in a runtime environment, and leaves it out`,
    hint: (name) => suggestionOf(name.text ?? "", rayEnvironmentNames),
    refused: { runtimeEnvYAML: "workingDir: s3://code/train.zip" },
    accepted: { runtimeEnvYAML: "working_dir: s3://code/train.zip" },
  },
];

/** The names of variables, or of all of them together, whose values are no texts. */
function wrongVariables(job: Place): string[] {
  const variables = inYaml(job).at("env_vars");
  if (variables.isThere && !isPropertyMap(variables.value)) return ["env_vars"];
  return variables.properties.filter(({ text }) => text === undefined).map(({ name }) => name);
}

function localFiles(job: Place): string[] {
  const environment = inYaml(job);
  const files = [textAt(environment, "pip"), textAt(environment, "uv")];
  const conda = textAt(environment, "conda");
  // Anything else is the name of an environment.
  const all = /\.ya?ml$/.test(conda) ? [...files, conda] : files;
  return all.filter((file) => file !== "" && !file.startsWith("/"));
}

// ray/runtime_env/runtime_env.py has these, too.
const others = [
  "container",
  "nsight",
  "rocprof_sys",
  "_rocprof_sys",
  "_ray_release",
  "_ray_commit",
  "_inject_current_ray",
];

function unknownNames(job: Place): string[] {
  const names = inYaml(job).properties.map(({ name }) => name);
  return names.filter((name) => !rayEnvironmentNames.includes(name) && !others.includes(name));
}
