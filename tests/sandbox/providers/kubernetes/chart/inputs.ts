/** The inputs of `helm.sh/v4:Chart` that the stand-in knows. */
export const chartInputs = ["chart", "version", "repositoryOpts", "namespace", "name", "values", "skipCrds"] as const;
