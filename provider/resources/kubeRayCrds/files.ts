import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { crdsOf, type KubeRayVersion, publishedAt } from "../../crds/release.ts";
import type { FoundFile } from "../../crds/releasedFile.ts";
import { isUrl } from "../../crds/rules.ts";
import { download } from "../../download/download.ts";

/**
 * The files of a version's CRDs, from a folder or from the network; not verified yet. Without a source, those that this
 * package carries, or else those that KubeRay publishes. Throws if one cannot be had.
 */
export async function filesOf(
  version: KubeRayVersion,
  given: string | undefined,
  signal: AbortSignal,
): Promise<FoundFile[]> {
  const source = given ?? carriedBy(version) ?? publishedAt(version);
  return Promise.all(
    crdsOf(version).map(async (released) => {
      const place = isUrl(source)
        ? `${source.replace(/\/+$/, "")}/${released.file}`
        : resolve(join(source, released.file));
      try {
        return {
          released,
          place,
          content: await (isUrl(source) ? download(place, signal) : readFile(place, { signal })),
        };
      } catch (error) {
        signal.throwIfAborted();
        throw unavailable(version, place, error);
      }
    }),
  );
}

/** A release carries the CRDs of the default version; a checkout none. */
function carriedBy(version: KubeRayVersion): string | undefined {
  const folder = fileURLToPath(import.meta.resolve(`#crds/${version}`));
  return existsSync(folder) ? folder : undefined;
}

function unavailable(version: KubeRayVersion, place: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === "ENOENT" ? `there is no file ${place}` : message;
  return new Error(
    `Cannot fetch the CRDs of KubeRay ${version}: ${reason}. No CRD was applied. Set "source" to a folder or a base URL ` +
      `that has ${crdsOf(version)
        .map(({ file }) => file)
        .join(", ")} of KubeRay ${version}`,
  );
}
