import { listOf, mapOf, type PropertyMap, type Value } from "../values/value.ts";

/** An object in S3 that a job's pods will ask for. */
export interface StoredCode {
  /** The argument that names it. */
  readonly property: string;
  readonly uri: string;
  readonly bucket: string;
  readonly key: string;
}

/** The code of a job that lies in S3, unless its pods may be told of another S3 server than the provider knows. */
export function storedCodeOf({ runtimeEnv, secretEnv, rayClusterSpec }: PropertyMap): StoredCode[] {
  if (serverVariables.some((name) => name in mapOf(secretEnv)) || namesServer(rayClusterSpec)) return [];
  const { workingDir, pyModules } = mapOf(runtimeEnv);
  return [
    ...storedCode("runtimeEnv.workingDir", workingDir),
    ...listOf(pyModules).flatMap((module, index) => storedCode(`runtimeEnv.pyModules[${index}]`, module)),
  ];
}

function storedCode(property: string, uri: Value | undefined): StoredCode[] {
  if (typeof uri !== "string") return [];
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+\.(?:zip|whl|tgz|tar\.gz|tar\.xz))$/.exec(uri) ?? [];
  return bucket === undefined || key === undefined ? [] : [{ property, uri, bucket, key }];
}

function namesServer(rayClusterSpec: Value | undefined): boolean {
  const { headGroupSpec, workerGroupSpecs } = mapOf(rayClusterSpec);
  const groups: readonly (Value | undefined)[] = [headGroupSpec, ...listOf(workerGroupSpecs)];
  return groups.some((group) => {
    const { containers } = mapOf(mapOf(mapOf(group).template).spec);
    return listOf(containers).some((container) => {
      const { env, envFrom } = mapOf(container);
      // Whatever a whole ConfigMap or Secret holds.
      if (listOf(envFrom).length > 0) return true;
      return listOf(env).some((variable) => serverVariables.includes(String(mapOf(variable).name)));
    });
  });
}

const serverVariables = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"];
