import type grpc from "@grpc/grpc-js";
import { rpcErrorOf } from "./failures.ts";

/** Serves one call of the protocol with a function from request to response. */
export function unary<Request, Response>(
  answer: (request: Request) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    answer(call.request).then(
      (response) => callback(null, response),
      (thrown: unknown) => callback(rpcErrorOf(thrown)),
    );
  };
}
