import { isDeepStrictEqual } from "node:util";
import { isPropertyMap, type PropertyMap, type Value, valueAt } from "../../values/value.ts";
import { withFetchedCode } from "../code.ts";
import { isGiven } from "../defaults.ts";
import { rayRuntimeEnvOf } from "../runtimeEnvironment.ts";
import { mappingOf, yamlOf } from "../yaml.ts";
import { quotedEntrypoint } from "./entrypoint.ts";
import { quotedTexts } from "./texts.ts";

/** The entry point as the field of the spec holds it. */
export function submittedEntrypoint(inputs: PropertyMap): Value | undefined {
  const { entrypoint } = inputs;
  return typeof entrypoint === "string" && goesThroughShell(inputs) ? quotedEntrypoint(entrypoint) : entrypoint;
}

/** The runtime environment as the field `runtimeEnvYAML` holds it: Ray's names, in a stable order; what is YAML already as it is. */
export function submittedRuntimeEnv(inputs: PropertyMap): Value | undefined {
  const { runtimeEnv, runtimeEnvYAML } = inputs;
  if (isGiven(runtimeEnv) && isPropertyMap(runtimeEnv)) {
    const environment = rayRuntimeEnvOf(withFetchedCode(runtimeEnv));
    return yamlOf(goesThroughShell(inputs) ? quotedTexts(environment) : environment);
  }
  const written = typeof runtimeEnvYAML === "string" ? mappingOf(runtimeEnvYAML) : undefined;
  if (written === undefined || !goesThroughShell(inputs)) return runtimeEnvYAML;
  const quoted = quotedTexts(written);
  return isDeepStrictEqual(quoted, written) ? runtimeEnvYAML : yamlOf(quoted);
}

/** The metadata as the field of the spec holds them. */
export function submittedMetadata(inputs: PropertyMap): Value | undefined {
  const { metadata } = inputs;
  return isPropertyMap(metadata) && goesThroughShell(inputs) ? quotedTexts(metadata) : metadata;
}

/** Whether KubeRay makes a script of it all, which a shell in the submitter reads. */
export function goesThroughShell({ submissionMode, submitterPodTemplate }: PropertyMap): boolean {
  if (submissionMode === "SidecarMode") return true;
  if (submissionMode !== undefined && submissionMode !== null && submissionMode !== "K8sJobMode") return false;
  return !isGiven(valueAt(submitterPodTemplate, ["spec", "containers", 0, "command"]));
}
