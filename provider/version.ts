import manifest from "#package.json" with { type: "json" };

/** The package's version, as package.json has it: the schema, the plug-in and the SDKs all carry the same. */
export const version: string = manifest.version;
