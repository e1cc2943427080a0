/** By which name the API server remembers what this package has set. */
export const FIELD_MANAGER = "pulumi-rayjob";
