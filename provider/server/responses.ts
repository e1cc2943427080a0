import providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import { formatPath, type PropertyPath } from "../values/path.ts";
import type { PropertyMap } from "../values/value.ts";
import type { CheckFailure, DiffResult, PropertyChange } from "./customResource.ts";
import { encodeProperties } from "./properties.ts";

export function checkResponseOf(
  inputs: PropertyMap,
  failures: readonly CheckFailure[],
  secrets: readonly PropertyPath[],
) {
  const response = new providerProto.CheckResponse();
  response.setInputs(encodeProperties(inputs, secrets));
  response.setFailuresList(failures.map((failure) => checkFailureOf(failure, secrets)));
  return response;
}

/**
 * The engine prints the value of the top-level property that a failure names, a secret one in plain text too: there the
 * name is put into the sentence instead.
 */
function checkFailureOf({ path, reason }: CheckFailure, secrets: readonly PropertyPath[]) {
  const property = formatPath(path);
  const isSecret = path.length === 1 && secrets.some(([name]) => name === path[0]);
  const failure = new providerProto.CheckFailure();
  return isSecret ? failure.setReason(`${property}: ${reason}`) : failure.setProperty(property).setReason(reason);
}

export function diffResponseOf({ changes, deleteBeforeReplace }: DiffResult) {
  const { DIFF_NONE, DIFF_SOME } = providerProto.DiffResponse.DiffChanges;
  const response = new providerProto.DiffResponse();
  response.setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setDiffsList(topLevelNamesOf(changes));
  response.setReplacesList(topLevelNamesOf(changes.filter((change) => change.replaces)));
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const change of changes) response.getDetaileddiffMap().set(formatPath(change.path), propertyDiffOf(change));
  return response;
}

function topLevelNamesOf(changes: readonly PropertyChange[]): string[] {
  return [...new Set(changes.map(({ path }) => formatPath(path.slice(0, 1))))];
}

const { Kind } = providerProto.PropertyDiff;
const kinds = {
  add: { updates: Kind.ADD, replaces: Kind.ADD_REPLACE },
  update: { updates: Kind.UPDATE, replaces: Kind.UPDATE_REPLACE },
  delete: { updates: Kind.DELETE, replaces: Kind.DELETE_REPLACE },
};

function propertyDiffOf({ kind, replaces, of }: PropertyChange) {
  return new providerProto.PropertyDiff()
    .setKind(kinds[kind][replaces ? "replaces" : "updates"])
    .setInputdiff(of === "inputs");
}
