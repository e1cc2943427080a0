import providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import { nameOf, typeOf } from "../values/urn.ts";
import type { CustomResource, ReadResult, Subject } from "./customResource.ts";
import { InitializationError } from "./customResource.ts";
import { initializationFailure, markingSecrets, missingTypeOf } from "./failures.ts";
import { decodeProperties, encodeProperties } from "./properties.ts";
import type { Provider } from "./provider.ts";
import { checkResponseOf, diffResponseOf } from "./responses.ts";
import type { Session } from "./session.ts";
import { deletionTimeoutSeconds } from "./timeout.ts";
import { unary } from "./wire.ts";

/** The calls about custom resources, each handed to the resource that the request's type names. */
export function resourceCalls(provider: Provider, session: Session) {
  return {
    check: unary(async (request: providerProto.CheckRequest) => {
      const resource = await resourceOf(provider, request.getUrn());
      const olds = decodeProperties(request.getOlds());
      const news = decodeProperties(request.getNews());
      const { inputs, failures, warnings, announcement } = await resource.check({
        ...subjectOf(request.getUrn()),
        oldInputs: olds.values,
        newInputs: news.values,
        secrets: news.secrets,
        configuration: session.configuration.values,
        configurationSecrets: session.configuration.secrets,
      });
      for (const warning of warnings ?? []) session.messages.logOf(request.getUrn()).warning(warning);
      if (announcement !== undefined) session.prepareFirst(request.getUrn(), announcement);
      return checkResponseOf(inputs, failures, news.secrets);
    }),

    diff: unary(async (request: providerProto.DiffRequest) => {
      const resource = await resourceOf(provider, request.getUrn());
      const result = await resource.diff({ ...comparisonOf(request), providerId: session.providerId });
      session.prepare(request.getUrn(), result.announcement);
      return diffResponseOf(result);
    }),

    create: unary(async (request: providerProto.CreateRequest) => {
      const resource = await resourceOf(provider, request.getUrn());
      const { values, secrets } = decodeProperties(request.getProperties());
      await session.announce(request.getUrn(), "replaced", { preview: request.getPreview() });
      const { id, outputs } = await markingSecrets(
        secrets,
        session.during(request.getUrn(), request.getTimeout(), (context) =>
          resource.create({ ...subjectOf(request.getUrn()), inputs: values, preview: request.getPreview() }, context),
        ),
      );
      return new providerProto.CreateResponse().setId(id).setProperties(encodeProperties(outputs, secrets));
    }),

    read: unary(async (request: providerProto.ReadRequest) => {
      const resource = await resourceOf(provider, request.getUrn());
      const inputs = decodeProperties(request.getInputs());
      const outputs = decodeProperties(request.getProperties());
      const stored = { id: request.getId(), inputs: inputs.values, outputs: outputs.values };
      const found = await session.during(request.getUrn(), request.getTimeout(), (context) =>
        resource.read({ ...subjectOf(request.getUrn()), ...stored }, context),
      );
      if (found === undefined) return new providerProto.ReadResponse();
      const { failure } = found;
      if (failure !== undefined) throw initializationFailure(failedRead(found, failure), inputs.secrets);
      return new providerProto.ReadResponse()
        .setId(found.id)
        .setInputs(encodeProperties(found.inputs, inputs.secrets))
        .setProperties(encodeProperties(found.outputs, outputs.secrets));
    }),

    update: unary(async (request: providerProto.UpdateRequest) => {
      const resource = await resourceOf(provider, request.getUrn());
      const { secrets } = decodeProperties(request.getNews());
      await session.announce(request.getUrn(), "updated", { preview: request.getPreview() });
      const outputs = await markingSecrets(
        secrets,
        session.during(request.getUrn(), request.getTimeout(), (context) =>
          resource.update({ ...comparisonOf(request), preview: request.getPreview() }, context),
        ),
      );
      return new providerProto.UpdateResponse().setProperties(encodeProperties(outputs, secrets));
    }),

    delete: unary(async (request: providerProto.DeleteRequest) => {
      const resource = await resourceOf(provider, request.getUrn());
      const inputs = decodeProperties(request.getOldInputs()).values;
      const outputs = decodeProperties(request.getProperties()).values;
      await session.during(request.getUrn(), request.getTimeout() || deletionTimeoutSeconds, (context) =>
        resource.delete({ ...subjectOf(request.getUrn()), id: request.getId(), inputs, outputs }, context),
      );
      return new emptyProto.Empty();
    }),

    cancel: unary(async () => {
      await session.cancel();
      return new emptyProto.Empty();
    }),
  };
}

async function resourceOf(provider: Provider, urn: string): Promise<CustomResource> {
  const token = typeOf(urn);
  const load = provider.resources[token];
  if (load === undefined) throw new Error(missingTypeOf("resource", token));
  return load();
}

function subjectOf(urn: string): Subject {
  return { urn, name: nameOf(urn) };
}

function comparisonOf(request: providerProto.DiffRequest | providerProto.UpdateRequest) {
  return {
    ...subjectOf(request.getUrn()),
    id: request.getId(),
    oldInputs: decodeProperties(request.getOldInputs()).values,
    oldOutputs: decodeProperties(request.getOlds()).values,
    newInputs: decodeProperties(request.getNews()).values,
  };
}

function failedRead(found: ReadResult, reasons: readonly string[]): InitializationError {
  return new InitializationError(reasons[0] ?? "The resource failed", found, reasons);
}
