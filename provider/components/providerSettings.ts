import { type ProviderArgs, settingNames } from "../configuration.ts";
import { isGiven } from "../job/defaults.ts";
import { isList, isPropertyMap, type PropertyMap, type Value } from "../values/value.ts";

/** The settings of this package's provider that lead to the same cluster as those of a `kubernetes` provider. */
export function settingsOfKubernetes(inputs: PropertyMap): Settings {
  const { kubeconfig, context, namespace } = inputs;
  refuse("kubernetes", inputs, ["cluster", "renderYamlToDirectory"]);
  return { kubeconfig, context, namespace };
}

/** The settings of this package's provider that lead to the same account as those of an `aws` provider. */
export function settingsOfAws(inputs: PropertyMap): Settings {
  const { region, profile, accessKey, secretKey, token, s3UsePathStyle, customCaBundle } = inputs;
  refuse("aws", inputs, otherIdentities);
  const endpoint = s3EndpointOf(inputs);
  return { region, profile, accessKey, secretKey, token, usePathStyle: s3UsePathStyle, endpoint, customCaBundle };
}

/** The settings of this package's provider among those of a stack's configuration. */
export function settingsOfRayJob(inputs: PropertyMap): Settings {
  return Object.fromEntries(settingNames.map((name) => [name, inputs[name]]));
}

export type Settings = { readonly [Name in keyof ProviderArgs]?: Value | undefined };

// With these the children of two providers would be somebody else, or somewhere else.
const otherIdentities = [
  "assumeRole", // of version 6
  "assumeRoles",
  "assumeRoleWithWebIdentity",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
  "httpProxy",
  "httpsProxy",
  "insecure",
  "useFipsEndpoint",
  "useDualstackEndpoint",
];

function refuse(provider: string, inputs: PropertyMap, names: readonly string[]): void {
  const refused = names.filter((name) => isGiven(decoded(inputs[name])) && decoded(inputs[name]) !== false);
  if (refused.length === 0) return;
  throw new Error(
    `Cannot use the ${provider} provider for Ray jobs: its ${refused.map((name) => `"${name}"`).join(", ")} would not be ` +
      "followed. Give the component a `rayjob` provider of its own that leads to the same place",
  );
}

function s3EndpointOf(inputs: PropertyMap): Value | undefined {
  const endpoints = decoded(inputs.endpoints);
  const all = isList(endpoints) ? endpoints.filter(isPropertyMap) : [];
  return all.find(({ s3 }) => isGiven(s3))?.s3;
}

/** SDKs and stack configurations write a provider's lists, objects and flags as JSON text. */
function decoded(value: Value | undefined): Value | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
