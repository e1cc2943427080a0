/** The settings of the official provider that this one obeys; any other is refused, since it would name another identity. */
export const settings = {
  region: { type: "string" },
  profile: { type: "string" },
  accessKey: { type: "string", secret: true },
  secretKey: { type: "string", secret: true },
  token: { type: "string", secret: true },
  endpoints: {
    type: "array",
    items: { type: "object", additionalProperties: { type: "string" } },
  },
  s3UsePathStyle: { type: "boolean" },
  customCaBundle: { type: "string" },
  skipCredentialsValidation: { type: "boolean" },
  skipMetadataApiCheck: { type: "boolean" },
  skipRequestingAccountId: { type: "boolean" },
  skipRegionValidation: { type: "boolean" },
} as const;

export type SettingName = keyof typeof settings;
