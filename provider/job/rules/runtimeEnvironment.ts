import { listed } from "../listed.ts";
import { packageNameOf } from "../source.ts";
import { mappingOf } from "../yaml.ts";
import {
  codeOf,
  environmentsOf,
  inYaml,
  isFetchedFrom,
  isOnNodes,
  isOurs,
  isPackage,
  schemeOf,
  schemes,
  settings,
  workingDirsOf,
  zipHint,
} from "./environment.ts";
import { modeOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** Ray's runtime environment. */
export const runtimeEnvironmentRules: readonly Rule[] = [
  {
    code: "RJ501",
    refuses: "two runtime environments",
    path: ["runtimeEnvYAML"],
    broken: (job) => job.at("runtimeEnv").isGiven && job.at("runtimeEnvYAML").isGiven,
    problem: 'Cannot take both "runtimeEnv" and "runtimeEnvYAML"',
    hint: "Drop one of them",
    refused: { runtimeEnv: { pip: ["numpy"] }, runtimeEnvYAML: "pip: [numpy]" },
    accepted: { runtimeEnvYAML: "pip: [numpy]" },
  },
  {
    code: "RJ502",
    refuses: "YAML that is not a mapping (J27)",
    path: ["runtimeEnvYAML"],
    broken: (job) => job.at("runtimeEnvYAML").fails((text) => mappingOf(text) !== undefined),
    problem: 'Cannot read "runtimeEnvYAML" as a YAML mapping',
    hint: 'Write names and values, such as "pip: [numpy]", or use "runtimeEnv"',
    refused: { runtimeEnvYAML: "- pip" },
    accepted: { runtimeEnvYAML: "working_dir: s3://code/train.zip\npip: [numpy]\n" },
  },
  {
    code: "RJ503",
    refuses: "a directory of this machine, which no Ray node can see",
    each: codeOf,
    path: [],
    broken: (uri, job) => !!uri.text && schemeOf(uri) === undefined && !isOfSubmitter(uri, job),
    problem: (uri, job) =>
      job.isOfManifest && modeOf(job) !== "HTTPMode"
        ? `Ray looks for the directory "${uri.text}" in the pod that submits the job`
        : `Cannot take the local directory "${uri.text}" to the cluster`,
    hint: 'Upload it with a WorkingDir and use its "uri", or declare the job in a RayJobComponent, which does so',
    refused: { runtimeEnv: { workingDir: "./train" } },
    accepted: { runtimeEnv: { workingDir: "s3://code/train-7f3a.zip" } },
  },
  {
    code: "RJ504",
    refuses: "code over a connection that anyone can alter",
    each: codeOf,
    path: [],
    broken: (uri) => schemeOf(uri) === "http",
    problem: (uri) => `Cannot take code from "${uri.text}": http is not protected, and older Ray does not take it`,
    hint: "Use https, s3 or gs",
    refused: { runtimeEnv: { workingDir: "http://example.com/train.zip" } },
    accepted: { runtimeEnv: { workingDir: "https://example.com/train.zip" } },
  },
  {
    code: "RJ505",
    refuses: "a scheme that neither Ray nor this package downloads from",
    each: codeOf,
    path: [],
    broken: (uri, job) =>
      ![undefined, "http", ...schemes].includes(schemeOf(uri)) && !isFetchedFrom(uri) && !isOnNodes(uri, job),
    problem: (uri) => `Cannot take code from "${uri.text}": Ray does not know "${schemeOf(uri)}:"`,
    hint: (uri) => `Use one of ${(isOurs(uri) ? [...schemes, "pvc"] : schemes).join(", ")}`,
    refused: { runtimeEnv: { workingDir: "hdfs://code/train.zip" } },
    accepted: { runtimeEnv: { workingDir: "gs://code/train.zip", pyModules: ["pvc://code/library"] } },
  },
  {
    code: "RJ506",
    refuses: "code that is no package by its name, which is all that Ray looks at",
    each: workingDirsOf,
    path: [],
    broken: (uri, job) =>
      isFetchedFrom(uri)
        ? packageNameOf(uri.text ?? "").endsWith(".whl")
        : schemes.includes(schemeOf(uri) ?? "") && !isPackage(uri, "workingDir", job),
    problem: (uri) => `Cannot take code from "${uri.text}": its path does not end in ".zip"`,
    hint: zipHint,
    refused: { runtimeEnv: { workingDir: "gs://ml-jobs/train-job" } },
    accepted: { runtimeEnv: { workingDir: "s3://ml-jobs/train-job" } },
  },
  {
    code: "RJ507",
    refuses: "two package managers: Ray takes one",
    each: environmentsOf,
    path: [],
    broken: (environment) => managersOf(environment).length > 1,
    problem: (environment) => `Cannot install packages with ${managersOf(environment).join(" and ")} at once`,
    hint: "Keep one of them; a conda environment can list packages for pip among its dependencies",
    refused: { runtimeEnv: { pip: ["numpy"], uv: ["numpy"] } },
    accepted: { runtimeEnv: { uv: ["numpy"] } },
  },
  {
    code: "RJ508",
    refuses: "a limit that Ray does not take",
    each: (job) => settings(job, ["config", "setupTimeoutSeconds"], ["config", "setup_timeout_seconds"]),
    path: [],
    broken: ({ number = 600 }) => number <= 0 && number !== -1,
    problem: ({ number }) => `Cannot set the environment up in ${number} s`,
    hint: "Give it 1 s or more, or -1 for no limit",
    refused: { runtimeEnv: { config: { setupTimeoutSeconds: 0 } } },
    accepted: { runtimeEnv: { config: { setupTimeoutSeconds: -1 } } },
  },
  {
    code: "RJ509",
    refuses: "an image for the workers beside anything that Ray would set up in it",
    each: (job) => settings(job, ["imageUri"], ["image_uri"]),
    path: [],
    broken: (image, job) => image.isGiven && besideImage(image, job).length > 0,
    problem: (image, job) => `Cannot use "${image.text}" for the workers beside ${listed(besideImage(image, job))}`,
    hint: "Put that into the image; only variables and the configuration go with it",
    refused: { runtimeEnv: { imageUri: "rayproject/ray:2.52.0", pip: ["numpy"] } },
    accepted: {
      runtimeEnv: { imageUri: "rayproject/ray:2.52.0", envVars: { A: "1" }, config: { eagerInstall: false } },
    },
  },
];

const managers = ["pip", "uv", "conda"];

/** What Ray does not take beside an image; ray/runtime_env/runtime_env.py. */
function besideImage(image: Place, job: Place): string[] {
  const environment = isOurs(image) ? job.at("runtimeEnv") : inYaml(job);
  const harmless = ["imageUri", "image_uri", "envVars", "env_vars", "config"];
  return environment.properties
    .filter(({ name, isGiven }) => isGiven && !harmless.includes(name))
    .map(({ name }) => name);
}

/**
 * KubeRay's own way to ship code that is in the submitter's image: an absolute path, said in YAML. The operator, which
 * submits in HTTPMode, has no such image.
 */
function isOfSubmitter(uri: Place, job: Place): boolean {
  return (
    uri.path[0] === "runtimeEnvYAML" && !!uri.text?.startsWith("/") && job.at("submissionMode").text !== "HTTPMode"
  );
}

function managersOf(environment: Place): string[] {
  return managers.filter((name) => environment.at(name).isGiven);
}
