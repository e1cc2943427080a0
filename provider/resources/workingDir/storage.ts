import { type ProviderArgs, textSetting } from "../../configuration.ts";
import type { Context } from "../../server/customResource.ts";
import { connect, type Storage, type StorageConfiguration } from "../../storage/connect.ts";

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
    usePathStyle: typeof usePathStyle === "boolean" ? usePathStyle : undefined,
  };
  return connect(settings);
}
