import { type ProviderArgs, textSetting } from "../configuration.ts";
import type { Context } from "../server/customResource.ts";
import { connect, type Storage } from "../storage/connect.ts";
import type { StorageConfiguration } from "../storage/storageConfiguration.ts";

/** The storage that the provider's configuration names. */
export function storageOf({ configuration }: Context): Promise<Storage> {
  const text = (name: keyof ProviderArgs) => textSetting(configuration, name);
  const { usePathStyle } = configuration;
  const settings: StorageConfiguration = {
    region: text("region"),
    profile: text("profile"),
    accessKey: text("accessKey"),
    secretKey: text("secretKey"),
    token: text("token"),
    endpoint: text("endpoint"),
    customCaBundle: text("customCaBundle"),
    usePathStyle: typeof usePathStyle === "boolean" ? usePathStyle : undefined,
  };
  return connect(settings);
}
