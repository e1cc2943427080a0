import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import grpc from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type engineProto from "@pulumi/pulumi/proto/engine_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import { EngineMessages } from "../../../provider/server/engineLog.ts";

describe("what is said to the engine", () => {
  let engine: grpc.Server;
  let messages: EngineMessages;
  let heard: string[];

  beforeEach(async () => {
    heard = [];
    engine = new grpc.Server();
    // Slower with the first than with the second, as an engine that is busy may be.
    const log: grpc.handleUnaryCall<engineProto.LogRequest, emptyProto.Empty> = async ({ request }, callback) => {
      await pause(heard.length === 0 && request.getMessage() === "uploading" ? 50 : 0);
      heard.push(request.getMessage());
      callback(null, new emptyProto.Empty());
    };
    engine.addService(engineGrpc.EngineService as unknown as grpc.ServiceDefinition, { log });
    const port = await new Promise<number>((resolve, reject) => {
      engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    messages = new EngineMessages(`127.0.0.1:${port}`);
  });

  afterEach(() => engine.forceShutdown());

  it("gets there in its order, so that a row ends with what was said last", async () => {
    const log = messages.logOf("urn:pulumi:dev::project::rayjob:index:WorkingDir::code");
    log.status("uploading");
    log.status("uploaded 1 file");
    log.warning("is large");
    await log.info("done");
    assert.deepEqual(heard, ["uploading", "uploaded 1 file", "is large", "done"]);
  });

  it("is said once where it would only repeat what the row shows", async () => {
    const log = messages.logOf("urn:pulumi:dev::project::rayjob:index:RayJob::train");
    log.status("running");
    log.status("running");
    await log.info("done");
    assert.deepEqual(heard, ["running", "done"]);
  });
});
