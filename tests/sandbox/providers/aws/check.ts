import { sentenceOf } from "../../../../provider/findings/finding.ts";
import { shapeFindings } from "../../../../provider/findings/shape.ts";
import type { CheckRequest, CheckResult } from "../../../../provider/server/customResource.ts";
import { isKnown, isPropertyMap, type PropertyMap, UNKNOWN } from "../../../../provider/values/value.ts";
import { awsOf } from "./clients.ts";
import { named, nameFailures } from "./names.ts";
import { defaultsOf, type ResourceType } from "./resourceType.ts";
import { schema } from "./schema.ts";

/** Refuses what the schema or AWS would, and completes defaults, the region and the name. */
export async function check(type: ResourceType, request: CheckRequest): Promise<CheckResult> {
  const { token, kind } = type;
  const inputs = await completed(type, request);
  const shape = shapeFindings(inputs, schema, token);
  const findings = shape.map((finding) => ({ path: finding.path, reason: sentenceOf(finding) }));
  if (findings.length > 0) return { inputs, failures: findings };
  const names = kind.autoName === undefined ? [] : nameFailures(inputs, kind.autoName);
  return { inputs, failures: [...names, ...(kind.refusalsOf?.(inputs) ?? [])] };
}

async function completed(type: ResourceType, request: CheckRequest): Promise<PropertyMap> {
  const { newInputs, oldInputs, name, configuration } = request;
  const { autoName } = type.kind;
  const given = Object.fromEntries(Object.entries(newInputs).filter(([, value]) => value !== null));
  const inputs = {
    ...defaultsOf(type),
    ...given,
    ...policiesOf(type, given),
    ...(await regionFor(type, given, configuration)),
  };
  return autoName === undefined ? inputs : named(inputs, oldInputs, name, autoName);
}

/** A policy may be written as an object; it is kept as the text that AWS gets. */
function policiesOf({ kind }: ResourceType, inputs: PropertyMap): PropertyMap {
  const objects = (kind.policies ?? []).filter((name) => isPropertyMap(inputs[name]));
  return Object.fromEntries(
    objects.map((name) => [name, isKnown(inputs[name]) ? JSON.stringify(inputs[name]) : UNKNOWN]),
  );
}

/** The official plug-in, too, puts the provider's region into the inputs of whatever lives in a region. */
async function regionFor(
  { spec }: ResourceType,
  inputs: PropertyMap,
  configuration: PropertyMap,
): Promise<PropertyMap> {
  if (inputs.region !== undefined || spec.inputProperties.region === undefined) return {};
  return { region: configuration.region === UNKNOWN ? UNKNOWN : (await awsOf(configuration)).region };
}
