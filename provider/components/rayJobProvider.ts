import {
  all,
  type ComponentResource,
  type ComponentResourceOptions,
  type Inputs,
  type Output,
  type ProviderResource,
  runtime,
  secret,
} from "@pulumi/pulumi";
import { secretSettings, settingNames } from "../configuration.ts";
import type { PropertyMap } from "../values/value.ts";
import { RayJobProvider } from "./children.ts";
import { type Settings, settingsOfAws, settingsOfKubernetes, settingsOfRayJob } from "./providerSettings.ts";

/**
 * The provider of this package's own resources inside a component: the one that the component was given, or else one that
 * works on the cluster and in the account of the component's `kubernetes` and `aws` children.
 */
export function rayJobProviderOf(
  component: ComponentResource,
  name: string,
  options: ComponentResourceOptions = {},
): ProviderResource {
  const { rayjob, kubernetes, aws } = providersOf(options);
  if (rayjob !== undefined) return rayjob;
  // The later ones are more particular.
  const settings = all<unknown>([
    settingsOfKubernetes(configurationOf("kubernetes")),
    settingsOfAws(configurationOf("aws")),
    settingsOfRayJob(configurationOf("rayjob")),
    kubernetes && inputsOf(kubernetes, settingsOfKubernetes),
    aws && inputsOf(aws, settingsOfAws),
  ]).apply((found): unknown => Object.assign({}, ...found.map((each) => given((each ?? {}) as Settings))));
  return new RayJobProvider(name, argumentsOf(settings), { parent: component });
}

function argumentsOf(settings: Output<unknown>): Inputs {
  const args = settingNames.map((name) => {
    const isSecret = secretSettings.includes(name);
    const setting = settings.apply((all): unknown => {
      const value: unknown = (all as Settings)[name];
      return isSecret && value !== undefined ? secret(value) : value;
    });
    return [name, setting];
  });
  return Object.fromEntries(args);
}

/** The providers that the program has given, or that an enclosing component passes on, by package. */
function providersOf({
  provider,
  providers = [],
}: ComponentResourceOptions): Readonly<Record<string, ProviderResource>> {
  const all = [...(provider ? [provider] : []), ...Object.values(providers)];
  return Object.fromEntries(all.map((each) => [packageOf(each), each]));
}

function packageOf(provider: ProviderResource): string {
  return (provider as unknown as { getPackage(): string }).getPackage();
}

/** What a provider was made with. Undocumented, and the only way to it: `options` holds no more than its name. */
function inputsOf({ urn }: ProviderResource, read: (inputs: PropertyMap) => Settings): Output<unknown> {
  return urn.apply(async (given): Promise<unknown> => {
    const { state } = await runtime.invoke("pulumi:pulumi:getResource", { urn: given });
    return read(state as PropertyMap);
  });
}

/** What the stack's configuration says to a provider that nobody has made. */
function configurationOf(packageName: string): PropertyMap {
  const prefix = `${packageName}:`;
  const entries = Object.entries(runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(prefix.length), value]));
}

function given(settings: Settings | undefined): Settings {
  return Object.fromEntries(
    Object.entries(settings ?? {}).filter(([, value]) => value !== undefined && value !== null),
  );
}
