import { createHash } from "node:crypto";
import type { Crd } from "./crd.ts";
import type { KubeRayVersion, ReleasedCrd } from "./release.ts";

/** A file as it was found, and where. */
export interface FoundFile {
  readonly released: ReleasedCrd;
  readonly place: string;
  readonly content: Uint8Array;
}

/** Throws for the first file that is not, byte for byte, the one that KubeRay released. */
export function verify(files: readonly FoundFile[], version: KubeRayVersion): void {
  for (const { released, place, content } of files) {
    const found = createHash("sha256").update(content).digest("hex");
    if (found === released.sha256) continue;
    throw new Error(
      `Cannot use ${place}: its SHA-256 is ${found}, but that of ${released.file} in KubeRay ${version} is ` +
        `${released.sha256}. No CRD was applied. Set "source" to the files of KubeRay ${version} as they were released, ` +
        'line ends included, or "version" to theirs',
    );
  }
}

/** The CRD in a verified file. A parser in JavaScript needs a quarter of a second for each, so only call it to apply. */
export async function parse({ content }: FoundFile): Promise<Crd> {
  const { parse } = await import("yaml");
  return parse(new TextDecoder().decode(content), { schema: "core", prettyErrors: false });
}
