import {
  all,
  type ComponentResource,
  type ComponentResourceOptions,
  type Input,
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
 * The provider option of this package's own resources inside a component. They use the provider that the component was
 * given; or else one that works on the cluster, and with `usesAws` in the account, of the component's other children; or
 * else, where nothing says which these are, the default one.
 */
export function rayJobProviderOf(
  component: ComponentResource,
  name: string,
  options: ComponentResourceOptions = {},
  { usesAws = false } = {},
): { readonly provider?: ProviderResource } {
  const { rayjob, kubernetes, aws } = providersOf(options);
  if (rayjob !== undefined) return { provider: rayjob };
  const own = configurationOf("rayjob");
  const cluster = sourceOf(clusterSettings, own, kubernetes, "kubernetes", settingsOfKubernetes);
  const account = usesAws ? sourceOf(accountSettings, own, aws, "aws", settingsOfAws) : undefined;
  if (cluster === undefined && account === undefined) return {};
  const rest = settingsOfRayJob(own);
  const settings = all([
    cluster ?? pick(rest, clusterSettings),
    account ?? pick(rest, accountSettings),
  ] as Input<unknown>[]).apply((found): unknown => Object.assign({}, ...found));
  return { provider: new RayJobProvider(name, argumentsOf(settings), { parent: component }) };
}

/**
 * Where a group of settings comes from: all of them from one place, for a mixture would lead to a third. Undefined where this
 * package's own configuration says it, or nothing does.
 */
function sourceOf(
  group: readonly string[],
  own: PropertyMap,
  provider: ProviderResource | undefined,
  packageName: string,
  read: (inputs: PropertyMap) => Settings,
): Input<unknown> | undefined {
  if (provider !== undefined) return inputsOf(provider, (inputs) => given(read(inputs)));
  if (group.some((name) => own[name] !== undefined)) return undefined;
  const settings = given(read(configurationOf(packageName)));
  return Object.keys(settings).length > 0 ? settings : undefined;
}

const clusterSettings = ["kubeconfig", "context", "namespace"];
const accountSettings = settingNames.filter((name) => !clusterSettings.includes(name));

function pick(settings: Settings, names: readonly string[]): Settings {
  return Object.fromEntries(Object.entries(given(settings)).filter(([name]) => names.includes(name)));
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

function given(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined && value !== null));
}
