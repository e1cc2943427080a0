import type { PropertyMap } from "../values/value.ts";

/** The names among a provider's inputs that it does not take: those that the engine adds for itself are no strangers. */
export function strangersAmong(inputs: PropertyMap, settings: readonly string[]): string[] {
  return Object.keys(inputs).filter((name) => !settings.includes(name) && !engineSettings.includes(name));
}

const engineSettings = ["version", "pluginDownloadURL", "pluginChecksums", "parameterization", "__internal"];
