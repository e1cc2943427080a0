import { type CustomResource, InitializationError } from "../../../../provider/server/customResource.ts";
import type { PropertyMap } from "../../../../provider/values/value.ts";
import { attempt } from "./awsError.ts";
import { check } from "./check.ts";
import { type Aws, awsOf } from "./clients.ts";
import { diff, driftedInputsOf, importedInputsOf } from "./differences.ts";
import type { Kind } from "./kinds/kind.ts";
import { computedOf, type ResourceType, resourceTypeOf } from "./resourceType.ts";

/** What the engine asks of every resource alike, answered from the schema and from what the kind can do. */
export function resourceOf(token: string, kindOfToken: Kind | undefined): CustomResource {
  const type = resourceTypeOf(token, kindOfToken);
  const { kind } = type;
  return {
    check: (request) => check(type, request),
    diff: async (request) => diff(type, request),

    async create({ inputs, preview }, { configuration }) {
      if (preview) return { id: "", outputs: { ...computedOf(type), ...inputs } };
      const subject = kind.subjectOf(inputs);
      const aws = await awsOf(configuration, regionOf(inputs));
      const id = await attempt(`create ${subject}`, () => kind.create(inputs, aws));
      await attempt(`complete ${subject}`, async () => kind.complete?.(id, inputs, aws)).catch((error: Error) => {
        throw new InitializationError(error.message, { id, outputs: inputs }, [error.message]);
      });
      return { id, outputs: await outputsOf(type, id, inputs, aws) };
    },

    async read({ id, inputs, outputs }, { configuration }) {
      const aws = await awsOf(configuration, regionOf(outputs));
      const found = await attempt(`read ${subjectOf(type, inputs, id)}`, () => kind.read(id, aws));
      if (found === undefined) return undefined;
      const isImport = Object.keys(outputs).length === 0;
      const now = isImport ? importedInputsOf(type, found, aws.region) : driftedInputsOf(type, inputs, found);
      return { id, inputs: now, outputs: { ...computedOf(type, found), ...now } };
    },

    async update({ id, oldOutputs, newInputs, preview }, { configuration }) {
      if (preview) return { ...computedOf(type, oldOutputs), ...newInputs };
      const aws = await awsOf(configuration, regionOf(newInputs));
      await attempt(`update ${kind.subjectOf(newInputs)}`, () => kind.update(id, newInputs, aws));
      return outputsOf(type, id, newInputs, aws);
    },

    async delete({ id, inputs, outputs }, { configuration }) {
      const aws = await awsOf(configuration, regionOf(outputs));
      await attempt(`delete ${subjectOf(type, inputs, id)}`, () => kind.delete(id, inputs, aws));
    },
  };
}

async function outputsOf(type: ResourceType, id: string, inputs: PropertyMap, aws: Aws): Promise<PropertyMap> {
  const subject = subjectOf(type, inputs, id);
  const found = await attempt(`read ${subject}`, () => type.kind.read(id, aws));
  if (found === undefined) throw new Error(`Cannot read ${subject}: it is gone already`);
  return { ...computedOf(type, found), ...inputs };
}

function subjectOf({ token, kind }: ResourceType, inputs: PropertyMap, id: string): string {
  return Object.keys(inputs).length === 0 ? `${token} ${id}` : kind.subjectOf(inputs);
}

function regionOf({ region }: PropertyMap): string | undefined {
  return typeof region === "string" ? region : undefined;
}
