import type { CheckFailure } from "../../../../provider/server/customResource.ts";
import type { ConfigurationHandler } from "../../../../provider/server/provider.ts";
import { strangersAmong } from "../../../../provider/server/settings.ts";
import { differencesBetween } from "../../../../provider/values/difference.ts";
import { isList, isPropertyMap, type PropertyMap, UNKNOWN, type Value } from "../../../../provider/values/value.ts";
import { type SettingName, settings } from "./settings.ts";

/** The provider's own inputs: `new aws.Provider(…)` or `aws:*` in the stack's configuration. */
export const configuration: ConfigurationHandler = {
  check: (inputs) => ({ inputs, failures: failuresOf(inputs) }),
  secrets: ["accessKey", "secretKey", "token"] satisfies SettingName[],
  diff: (oldInputs, newInputs) => ({
    changes: differencesBetween(oldInputs, newInputs).map((difference) => ({
      ...difference,
      replaces: difference.path[0] === "region",
      of: "inputs",
    })),
    deleteBeforeReplace: false,
  }),
};

const services = ["s3", "iam", "sts"] as const;
type Service = (typeof services)[number];

/** What of the configuration an AWS client needs; what is undefined is left to the AWS SDK's own chain. */
export interface ClientSettings {
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly credentials: Credentials | undefined;
  readonly endpoints: Readonly<Partial<Record<Service, string>>>;
  readonly pathStyle: boolean;
  /** The path of a file of certificates. */
  readonly caBundle: string | undefined;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export function clientSettingsOf(inputs: PropertyMap): ClientSettings {
  const { region, profile, accessKey, secretKey, token } = inputs;
  return {
    region: textOf(region),
    profile: textOf(profile),
    credentials:
      typeof accessKey === "string" && typeof secretKey === "string"
        ? {
            accessKeyId: accessKey,
            secretAccessKey: secretKey,
            ...(typeof token === "string" ? { sessionToken: token } : {}),
          }
        : undefined,
    endpoints: endpointsOf(plain(inputs.endpoints)),
    pathStyle: plain(inputs.s3UsePathStyle) === true,
    caBundle: textOf(inputs.customCaBundle),
  };
}

function failuresOf(inputs: PropertyMap): CheckFailure[] {
  const known = Object.keys(settings);
  const elsewhere = endpointNamesOf(plain(inputs.endpoints)).filter((name) => !isService(name));
  const halves = (inputs.accessKey === undefined) !== (inputs.secretKey === undefined);
  return [
    ...strangersAmong(inputs, known).map((name) => ({
      path: [],
      reason: `Unknown setting ${name}; this stand-in for the aws provider takes ${known.join(", ")}`,
    })),
    ...elsewhere.map((name) => ({
      path: ["endpoints"],
      reason: `Unknown service ${name}; use ${services.join(", ")}`,
    })),
    ...(halves ? [{ path: [], reason: "accessKey and secretKey are only good together" }] : []),
  ];
}

/** SDKs write a provider's settings that are not texts as JSON; so does the stack's configuration. */
function plain(value: Value | undefined): Value | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function endpointsOf(value: Value | undefined): ClientSettings["endpoints"] {
  const entries = isList(value) ? value.filter(isPropertyMap) : [];
  return Object.assign({}, ...entries);
}

function endpointNamesOf(value: Value | undefined): string[] {
  return value === UNKNOWN ? [] : Object.keys(endpointsOf(value));
}

function isService(name: string): name is Service {
  return services.some((service) => service === name);
}
