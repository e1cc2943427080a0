import type { Finding } from "../../findings/finding.ts";
import type { PropertyPath } from "../../values/path.ts";
import { isList, isPropertyMap, mapOf, type PropertyMap, type Value } from "../../values/value.ts";
import { expansionIn, shellsDoing } from "../quoting/shell.ts";
import { goesThroughShell } from "../quoting/submitted.ts";
import { withoutQuotedParts } from "../quoting/texts.ts";
import { mappingOf } from "../yaml.ts";

/**
 * What KubeRay pastes from a RayJob into a script, and the submitter's shell does not hand on as it is (E11, E12). What this
 * package submits is quoted.
 */
export function pastedFindings(spec: PropertyMap): Finding[] {
  if (!goesThroughShell(spec)) return [];
  return [...ofEntrypoint(spec.entrypoint), ...ofMetadata(spec.metadata), ...ofEnvironment(spec.runtimeEnvYAML)];
}

function ofEntrypoint(entrypoint: Value | undefined): Finding[] {
  if (typeof entrypoint !== "string") return [];
  const hint = "Use HTTPMode, or quote the command as one word: bash -c '…'";
  return found("RJ210", ["entrypoint"], shellsDoing(entrypoint.trim()), hint);
}

function ofMetadata(metadata: Value | undefined): Finding[] {
  return Object.entries(mapOf(metadata)).flatMap(([name, value]) =>
    found("RJ211", ["metadata", name], expansionInAny([name, value ?? null]), unquotable),
  );
}

function ofEnvironment(runtimeEnvYAML: Value | undefined): Finding[] {
  if (typeof runtimeEnvYAML !== "string") return [];
  return found("RJ211", ["runtimeEnvYAML"], expansionInAny(mappingOf(runtimeEnvYAML) ?? null), unquotable);
}

// KubeRay doubles a backslash.
const unquotable = "Use HTTPMode, or do without it: a backslash before it does not help";

function found(code: Finding["code"], path: PropertyPath, doing: string | undefined, hint: string): Finding[] {
  if (doing === undefined) return [];
  const problem = `KubeRay pastes this into a script for the submitter, whose shell ${doing}`;
  return [{ code, severity: "warning", path, problem, hint }];
}

function expansionInAny(value: Value): string | undefined {
  if (typeof value === "string") return expansionIn(withoutQuotedParts(value));
  if (isList(value)) return value.map(expansionInAny).find((doing) => doing !== undefined);
  if (!isPropertyMap(value)) return undefined;
  return expansionInAny(Object.entries(value).flatMap(([name, each]) => [name, each ?? null]));
}
