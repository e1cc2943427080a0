import { homedir } from "node:os";
import { join } from "node:path";

/** Where `make build` puts what the tests run on. */
export function cacheFolder(): string {
  const { RAYJOB_CACHE, XDG_CACHE_HOME } = process.env;
  return RAYJOB_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), ".cache"), "rayjob");
}
