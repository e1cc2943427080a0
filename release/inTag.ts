import { carried } from "./manifest.ts";

/** What a release's tag has as it is in the sources: files, and folders without what is left out of them. */
export const inTag: readonly string[] = [...carried.files, "PulumiPlugin.yaml", "CHANGELOG.md", "docs", "examples"];

/** What runs on this project's own sandbox, and what was made of an example where it lies. */
export function isLeftOut(path: string): boolean {
  return /\.sh$|\/(node_modules|sdks|venv|bin|obj)$|\/Pulumi\.[^/]+\.yaml$/.test(path);
}

/** Whether a release's tag has this file or folder of the sources. */
export function isInTag(path: string): boolean {
  return inTag.some((each) => path === each || path.startsWith(`${each}/`)) && !isLeftOut(path);
}
