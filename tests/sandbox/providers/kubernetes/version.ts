import { createRequire } from "node:module";

const manifest: { readonly version: string } = createRequire(import.meta.url)("@pulumi/kubernetes/package.json");

/** The version of the SDK that is installed: the engine looks for a plug-in of just that one. */
export const { version } = manifest;
