import grpc from "@grpc/grpc-js";
import providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import statusProto from "@pulumi/pulumi/proto/status_pb.js";
import anyProto from "google-protobuf/google/protobuf/any_pb.js";
import type { PropertyPath } from "../values/path.ts";
import { InitializationError } from "./customResource.ts";
import { encodeProperties } from "./properties.ts";

/** The gRPC error for whatever a call threw. The engine prints its details, so no stack and no prefix are in them. */
export function rpcErrorOf(thrown: unknown, secrets: readonly PropertyPath[] = []): Partial<grpc.ServiceError> {
  if (thrown instanceof InitializationError) return initializationFailure(thrown, secrets);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: grpc.status.UNKNOWN, details: message };
}

// gRPC for Node knows no structured details; the Go side reads them from this trailer.
const detailsTrailer = "grpc-status-details-bin";

function initializationFailure(
  error: InitializationError,
  secrets: readonly PropertyPath[],
): Partial<grpc.ServiceError> {
  const failure = new providerProto.ErrorResourceInitFailed();
  failure.setId(error.state.id);
  failure.setProperties(encodeProperties(error.state.outputs, secrets));
  if (error.state.inputs !== undefined) failure.setInputs(encodeProperties(error.state.inputs, secrets));
  failure.setReasonsList([...error.reasons]);
  const detail = new anyProto.Any();
  detail.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statusProto.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(error.message);
  status.addDetails(detail);
  const metadata = new grpc.Metadata();
  metadata.add(detailsTrailer, Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: error.message, metadata };
}
