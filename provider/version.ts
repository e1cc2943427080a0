import { createRequire } from "node:module";

const manifest: { readonly version: string } = createRequire(import.meta.url)("#package.json");

/** The package's version, as package.json has it: the schema, the plug-in and the SDKs all carry the same. */
export const { version } = manifest;
