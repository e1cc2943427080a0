import { suggestionOf } from "./findings/closest.ts";
import { type Finding, sentenceOf } from "./findings/finding.ts";
import type { CheckResult } from "./server/customResource.ts";
import type { ConfigurationHandler } from "./server/provider.ts";
import { strangersAmong } from "./server/settings.ts";
import { differencesBetween } from "./values/difference.ts";
import { type PropertyMap, UNKNOWN, type Value } from "./values/value.ts";

/**
 * Which cluster the provider works on, and where it stores packages. Everything is optional; credentials live here and
 * never in a resource's inputs or state. A change of these never re-runs or replaces anything.
 */
export interface ProviderArgs {
  /**
   * The contents of a kubeconfig file, or the path of one. By default the file that the environment variable
   * `KUBECONFIG` names, then `~/.kube/config`, then the service account of the pod that Pulumi runs in.
   *
   * @secret
   */
  kubeconfig?: string;
  /** The context of the kubeconfig to use. By default its current context. */
  context?: string;
  /**
   * The namespace of resources that name none. By default `default`. A RayJob that is affected by a change of it is
   * run again in the new namespace.
   */
  namespace?: string;
  /**
   * The AWS region of the buckets that packages are stored in. By default what the environment variable `AWS_REGION` or
   * `AWS_DEFAULT_REGION` says, then the profile.
   */
  region?: string;
  /** The profile of the shared AWS files to take credentials and region from. By default `AWS_PROFILE`, then `default`. */
  profile?: string;
  /**
   * The ID of an AWS access key, together with `secretKey`. By default credentials are found as the AWS command line finds
   * them: in the environment, in the shared files, by web identity, or from the machine that Pulumi runs on.
   *
   * @secret
   */
  accessKey?: string;
  /**
   * The secret of the AWS access key. Required with `accessKey`.
   *
   * @secret
   */
  secretKey?: string;
  /**
   * The session token of an AWS access key. Required for a temporary one; by default none.
   *
   * @secret
   */
  token?: string;
  /**
   * The URL of an S3 server other than AWS's, such as `https://minio.example.com`. By default what the environment variable
   * `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` says.
   */
  endpoint?: string;
  /** Whether a bucket's name is part of the path of the URL instead of the host. By default only for an `endpoint`. */
  usePathStyle?: boolean;
  /**
   * The path of a file with the certificates of the authority that vouches for the S3 server, or their PEM text. They take the
   * place of the well-known authorities. By default the file that the environment variable `AWS_CA_BUNDLE` names.
   */
  customCaBundle?: string;
}

/** The names of the settings that are secret whether the program marks them or not. */
export const secretSettings: readonly string[] = [
  "kubeconfig",
  "accessKey",
  "secretKey",
  "token",
] satisfies (keyof ProviderArgs)[];

/** A setting that is a text, if it is given. */
export function textSetting(configuration: PropertyMap, name: keyof ProviderArgs): string | undefined {
  const value = configuration[name];
  return typeof value === "string" ? value : undefined;
}

/** Checks the provider's own inputs. Nothing is read or connected to here: a preview may not reach the cluster. */
export const configuration: ConfigurationHandler = {
  check: (given): CheckResult => {
    const inputs = withFlags(given);
    const findings = configurationFindings(inputs);
    return { inputs, failures: findings.map((each) => ({ path: each.path, reason: sentenceOf(each) })) };
  },
  secrets: secretSettings,
  diff: (oldInputs, newInputs) => ({
    changes: differencesBetween(oldInputs, newInputs).map((difference) => ({
      ...difference,
      replaces: false,
      of: "inputs",
    })),
    deleteBeforeReplace: false,
  }),
};

const kinds = {
  kubeconfig: "text",
  context: "text",
  namespace: "text",
  region: "text",
  profile: "text",
  accessKey: "text",
  secretKey: "text",
  token: "text",
  endpoint: "url",
  usePathStyle: "flag",
  customCaBundle: "text",
} as const satisfies Record<keyof ProviderArgs, keyof typeof tests>;

/** The names of all settings. */
export const settingNames = Object.keys(kinds) as readonly (keyof ProviderArgs)[];

const tests = {
  text: { code: "RJ952", accepts: isText, isNo: "a text that says something", hint: "Write one, or leave it out" },
  url: {
    code: "RJ953",
    accepts: (value: Value) => isText(value) && /^https?:\/\/[^/?#]+\/?$/.test(value),
    isNo: "the URL of a server alone",
    hint: "Write it such as https://minio.example.com, or leave it out",
  },
  flag: {
    code: "RJ954",
    accepts: (value: Value) => typeof value === "boolean",
    isNo: "true or false",
    hint: "Write one of them, or leave it out",
  },
} as const;

/** Everything that is wrong with the settings. Sentences name settings, never values. */
export function configurationFindings(inputs: PropertyMap): Finding[] {
  // Without a path: the engine would print the value, which may be a misspelled kubeconfig.
  return [
    ...strangersAmong(inputs, settingNames).map((name) => ({
      code: "RJ951" as const,
      severity: "error" as const,
      path: [],
      problem: `There is no setting "${name}"`,
      hint: suggestionOf(name, settingNames),
    })),
    ...settingNames.flatMap((name) => ofSetting(name, inputs[name])),
    ...incomplete(inputs),
  ];
}

function ofSetting(name: keyof ProviderArgs, value: Value | undefined): Finding[] {
  const { code, accepts, isNo, hint } = tests[kinds[name]];
  if (value === undefined || value === UNKNOWN || accepts(value)) return [];
  return [{ code, severity: "error", path: [name], problem: `"${name}" is not ${isNo}`, hint }];
}

// Half of a set of keys would be completed, silently, by nothing: another identity would be taken.
function incomplete(inputs: PropertyMap): Finding[] {
  const needs = (name: keyof ProviderArgs, other: keyof ProviderArgs): Finding[] => {
    if (inputs[name] === undefined || inputs[other] !== undefined) return [];
    const problem = `"${name}" is set without "${other}"`;
    return [{ code: "RJ955", severity: "error", path: [], problem, hint: "Set both, or neither" }];
  };
  return [...needs("accessKey", "secretKey"), ...needs("secretKey", "accessKey"), ...needs("token", "accessKey")];
}

/** Stack configuration and most SDKs give a flag as text. */
function withFlags(given: PropertyMap): PropertyMap {
  const { usePathStyle } = given;
  return usePathStyle === "true" || usePathStyle === "false"
    ? { ...given, usePathStyle: usePathStyle === "true" }
    : given;
}

function isText(value: Value): value is string {
  return typeof value === "string" && value.trim() !== "";
}
