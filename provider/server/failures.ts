import grpc from "@grpc/grpc-js";
import providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import statusProto from "@pulumi/pulumi/proto/status_pb.js";
import anyProto from "google-protobuf/google/protobuf/any_pb.js";
import { messageOf } from "../values/messageOf.ts";
import type { PropertyPath } from "../values/path.ts";
import { InitializationError } from "./customResource.ts";
import { encodeProperties } from "./properties.ts";

/** The gRPC error for whatever a call threw. The engine prints its details, so no stack and no prefix are in them. */
export function rpcErrorOf(thrown: unknown): Partial<grpc.ServiceError> {
  if (thrown instanceof RpcError) return thrown;
  if (thrown instanceof InitializationError) return initializationFailure(thrown, []);
  return { code: grpc.status.UNKNOWN, details: messageOf(thrown) };
}

/** The result of a call; the state that a failed one wants to keep has its secrets marked, as a returned one has. */
export async function markingSecrets<Result>(secrets: readonly PropertyPath[], call: Promise<Result>): Promise<Result> {
  return call.catch((thrown: unknown) => {
    throw thrown instanceof InitializationError ? initializationFailure(thrown, secrets) : thrown;
  });
}

class RpcError extends Error {
  readonly code = grpc.status.UNKNOWN;
  readonly details: string;
  readonly metadata: grpc.Metadata;

  constructor(details: string, metadata: grpc.Metadata) {
    super(details);
    this.details = details;
    this.metadata = metadata;
  }
}

// gRPC for Node knows no structured details; the Go side reads them from this trailer.
const detailsTrailer = "grpc-status-details-bin";

/** Tells the engine to keep a resource in the state as failed. */
export function initializationFailure(error: InitializationError, secrets: readonly PropertyPath[]): RpcError {
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
  return new RpcError(error.message, metadata);
}

/** Why a program's resource cannot be served: its SDK is of another version than the plug-in. */
export function missingTypeOf(kind: "resource" | "component", token: string): string {
  return `The plug-in has no ${kind} type "${token}". Install the version of it that the program's SDK is of`;
}
