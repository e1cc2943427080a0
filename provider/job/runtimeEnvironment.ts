import { isPropertyMap, type PropertyMap, type Value, withoutNulls } from "../values/value.ts";
import type {
  PipEnvironment,
  RuntimeEnvironment,
  RuntimeEnvironmentConfig,
  UvEnvironment,
} from "./args/runtimeEnvironment.ts";

/**
 * A runtime environment under Ray's own names. Names that users choose (variables, a conda environment, plug-ins'
 * settings) stay as they are.
 */
export function rayRuntimeEnvOf(runtimeEnv: PropertyMap): PropertyMap {
  return renamed(runtimeEnv, rayNames, (name, value) => {
    const inner = innerNames[name as keyof RuntimeEnvironment];
    return inner === undefined || !isPropertyMap(value) ? withoutNulls(value) : renamed(value, inner);
  });
}

type Names<Of> = { readonly [Name in keyof Required<Of>]: string };

const rayNames = {
  workingDir: "working_dir",
  pyModules: "py_modules",
  javaJars: "java_jars",
  excludes: "excludes",
  pip: "pip",
  uv: "uv",
  conda: "conda",
  envVars: "env_vars",
  pyExecutable: "py_executable",
  imageUri: "image_uri",
  workerProcessSetupHook: "worker_process_setup_hook",
  nsight: "_nsight", // ray._private.runtime_env.nsight reads this name only
  config: "config",
} satisfies Names<RuntimeEnvironment>;

/** Ray's own names of what there is in a runtime environment. */
export const rayEnvironmentNames: readonly string[] = Object.values(rayNames);

const innerNames: { readonly [Name in keyof RuntimeEnvironment]?: Readonly<Record<string, string>> } = {
  pip: {
    packages: "packages",
    pipCheck: "pip_check",
    pipVersion: "pip_version",
    pipInstallOptions: "pip_install_options",
  } satisfies Names<PipEnvironment>,
  uv: {
    packages: "packages",
    uvCheck: "uv_check",
    uvVersion: "uv_version",
    uvPipInstallOptions: "uv_pip_install_options",
  } satisfies Names<UvEnvironment>,
  config: {
    setupTimeoutSeconds: "setup_timeout_seconds",
    eagerInstall: "eager_install",
  } satisfies Names<RuntimeEnvironmentConfig>,
};

function renamed(
  from: PropertyMap,
  names: Readonly<Record<string, string>>,
  each: (name: string, value: Value) => Value = (_, value) => withoutNulls(value),
): PropertyMap {
  return Object.fromEntries(
    Object.entries(from).flatMap(([name, value]) =>
      value === undefined || value === null
        ? []
        : [[Object.hasOwn(names, name) ? names[name] : name, each(name, value)]],
    ),
  );
}
