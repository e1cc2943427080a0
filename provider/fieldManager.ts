/** As whom this package writes to a cluster: by this name the API server remembers which fields are its own. */
export const fieldManager = "pulumi-rayjob";
