import type { PropertyPath } from "../../values/path.ts";
import { type CodeKind, isFetched, packageEndingOf, tarEndings } from "../code.ts";
import { sourceOf } from "../source.ts";
import { mappingOf } from "../yaml.ts";
import { rayVersionOf } from "./parts.ts";
import { Place } from "./place.ts";
import { isOlder } from "./version.ts";

/** Where Ray downloads packages from; ray/_common/runtime_env_uri.py. */
export const schemes = ["https", "s3", "gs", "azure", "abfss", "file", "gcs"];

/** The environment, however it was said: what YAML says has the one place of the whole text. */
export function environmentsOf(job: Place): Place[] {
  return [job.at("runtimeEnv"), inYaml(job)];
}

/** A setting of the environment, by our name and by Ray's. */
export function settings(job: Place, ours: PropertyPath, rays: PropertyPath): Place[] {
  const said = inYaml(job);
  return [job.at("runtimeEnv", ...ours), new Place(said.at(...rays).value, said.path)];
}

export function inYaml(job: Place): Place {
  const { text, path } = job.at("runtimeEnvYAML");
  return new Place(text === undefined ? undefined : mappingOf(text), path);
}

export function codeOf(job: Place): Place[] {
  return [...workingDirsOf(job), ...modulesOf(job)];
}

export function workingDirsOf(job: Place): Place[] {
  return settings(job, ["workingDir"], ["working_dir"]);
}

/** What YAML says has the one place of the whole text. */
export function modulesOf(job: Place): Place[] {
  const said = inYaml(job);
  return [
    ...job.at("runtimeEnv", "pyModules").items,
    ...said.at("py_modules").items.map(({ value }) => new Place(value, said.path)),
  ];
}

/** Whether an init container fetches it; only what this package's own names say. */
export function isFetchedFrom(uri: Place): boolean {
  const kind = uri.path.includes("pyModules") ? "pyModules" : "workingDir";
  return isOurs(uri) && isFetched(uri.text ?? "", kind);
}

export function isOurs(uri: Place): boolean {
  return uri.path[0] === "runtimeEnv";
}

/** Whether Ray takes a URI for a package by its name; no tar file if it is known to be too old for that. */
export function isPackage(uri: Place, kind: CodeKind, job: Place): boolean {
  const ending = packageEndingOf(uri.text ?? "", kind);
  return ending !== undefined && !isRayBefore(tarEndings[ending], job);
}

/** Whether it is a folder that is on all nodes already, which Ray takes unless it is known to be too old for that. */
export function isOnNodes(uri: Place, job: Place): boolean {
  return schemeOf(uri) === "local" && !isRayBefore("2.60.0", job);
}

function isRayBefore(version: string | undefined, job: Place): boolean {
  return version !== undefined && isOlder(rayVersionOf(job), version) === true;
}

export function zipHint(uri: Place): string {
  const hint = "Zip the directory, with one directory at the top, and point to the file";
  return isOurs(uri) ? `${hint}; a directory as it is can be in S3, or on a claim` : hint;
}

export function schemeOf(uri: Place): string | undefined {
  return sourceOf(uri.text ?? "")?.scheme;
}
