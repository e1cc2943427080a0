import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import grpc from "@grpc/grpc-js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import statusProto from "@pulumi/pulumi/proto/status_pb.js";
import rpc from "@pulumi/pulumi/runtime/rpc.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";

const { specialSecretSig, specialSigKey } = rpc;
const urn = "urn:pulumi:dev::project::some:index:Parent$echo:index:Echo::name::with::colons";
const structOf = (values: Record<string, structProto.JavaScriptValue>) => structProto.Struct.fromJavaScript(values);

describe("serve", () => {
  let plugin: ChildProcess;
  let client: providerGrpc.ResourceProviderClient;

  before(async () => {
    plugin = spawn(process.execPath, [join(import.meta.dirname, "fixtures/plugin.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    assert(plugin.stdout);
    const [port] = await once(createInterface(plugin.stdout), "line");
    client = new providerGrpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  });

  after(() => {
    client.close();
    plugin.kill();
  });

  it("leaves the version, the schema and components to the SDK's server", async () => {
    const info = await call<{ getVersion(): string }>("getPluginInfo", new emptyProto.Empty());
    assert.equal(info.getVersion(), "1.2.3");
    const schema = await call<proto.GetSchemaResponse>("getSchema", new proto.GetSchemaRequest());
    assert.equal(schema.getSchema(), '{"name":"echo"}');
    const failure = await failureOf("construct", new proto.ConstructRequest().setType("echo:index:Parent"));
    assert.match(failure.details, /unknown resource type echo:index:Parent/);
  });

  it("announces previews and secrets, and checks the configuration", async () => {
    const configured = await call<proto.ConfigureResponse>("configure", new proto.ConfigureRequest());
    assert.deepEqual(configured.toObject(), {
      acceptsecrets: true,
      supportspreview: true,
      acceptresources: true,
      acceptoutputs: true,
      supportsAutonamingConfiguration: false,
    });
    const request = new proto.CheckRequest().setNews(structOf({ a: "b", token: "x" }));
    const checked = await call<proto.CheckResponse>("checkConfig", request);
    assert.deepEqual(checked.getInputs()?.toJavaScript().token, { [specialSigKey]: specialSecretSig, value: "x" });
    assert.deepEqual(
      checked.getFailuresList().map((failure) => failure.toObject()),
      [{ property: "a", reason: "Cannot be" }],
    );
  });

  it("hands a check the resource's name and where its secrets are, and returns every failure at its path", async () => {
    const secret = { [specialSigKey]: specialSecretSig, value: "x" };
    const request = new proto.CheckRequest().setUrn(urn).setNews(structOf({ token: secret }));
    const checked = await call<proto.CheckResponse>("check", request);
    const { seen, ...inputs } = checked.getInputs()?.toJavaScript() ?? {};
    assert.deepEqual(inputs, { token: secret });
    assert.deepEqual(JSON.parse(String(seen)), {
      urn,
      name: "name::with::colons",
      oldInputs: {},
      secrets: [["token"]],
      configuration: {},
      configurationSecrets: [],
    });
    assert.deepEqual(
      checked.getFailuresList().map((failure) => failure.getProperty()),
      ['spec.groups[0]["a.b"]', "name"],
    );
  });

  it("does not name the property of a failure whose value the engine would print although it is secret", async () => {
    const secret = { [specialSigKey]: specialSecretSig, value: "x" };
    const request = new proto.CheckRequest().setUrn(urn).setNews(structOf({ name: { part: secret } }));
    const failures = (await call<proto.CheckResponse>("check", request)).getFailuresList();
    assert.deepEqual(failures.at(-1)?.toObject(), { property: "", reason: "name: Cannot be either" });
  });

  it("tells an update from a replacement by property, with old inputs beside old outputs", async () => {
    const request = new proto.DiffRequest()
      .setUrn(urn)
      .setOldInputs(structOf({ text: "same" }))
      .setOlds(structOf({ text: "from the outputs" }))
      .setNews(structOf({ text: "same" }));
    const diff = (await call<proto.DiffResponse>("diff", request)).toObject();
    assert.deepEqual(diff.detaileddiffMap.toSorted(), [
      ["status", { kind: proto.PropertyDiff.Kind.DELETE_REPLACE, inputdiff: false }],
      ["text", { kind: proto.PropertyDiff.Kind.UPDATE, inputdiff: true }],
    ]);
    assert.deepEqual(diff.replacesList, ["status"]);
    assert.deepEqual(diff.diffsList, ["text", "status"]);
    assert.equal(diff.deletebeforereplace, true);
    assert.equal(diff.changes, proto.DiffResponse.DiffChanges.DIFF_SOME);
  });

  it("keeps a resource that was created and failed, with its secrets still marked", async () => {
    const secret = { [specialSigKey]: specialSecretSig, value: "x" };
    const failure = initializationFailureOf(
      await failureOf("create", new proto.CreateRequest().setUrn(urn).setProperties(structOf({ token: secret }))),
    );
    assert.equal(failure.getId(), "a/b");
    assert.deepEqual(failure.getReasonsList(), ["Because"]);
    assert.deepEqual(failure.getProperties()?.toJavaScript(), { token: secret, status: "FAILED" });
  });

  it("keeps the inputs, too, of a resource that a read finds failed", async () => {
    const failure = initializationFailureOf(await failureOf("read", new proto.ReadRequest().setUrn(urn).setId("a/b")));
    assert.deepEqual(failure.getInputs()?.toJavaScript(), { a: 1 });
    assert.deepEqual(failure.getReasonsList(), ["It has failed"]);
  });

  it("answers a read of something that is gone with an empty id", async () => {
    const read = await call<proto.ReadResponse>("read", new proto.ReadRequest().setUrn(urn).setId("gone"));
    assert.equal(read.getId(), "");
  });

  it("hands on the provider's ID, by which states are told apart", async () => {
    await call("configure", new proto.ConfigureRequest().setId("provider-1"));
    const read = await call<proto.ReadResponse>("read", new proto.ReadRequest().setUrn(urn).setId("provider"));
    assert.deepEqual(read.getProperties()?.toJavaScript(), { providerId: "provider-1" });
  });

  it("passes an error on in its own words, without a stack", async () => {
    const failure = await failureOf("delete", new proto.DeleteRequest().setUrn(urn).setId("a/b"));
    assert.equal(failure.details, "Cannot delete it");
  });

  it("names a resource type that it does not have", async () => {
    const failure = await failureOf("check", new proto.CheckRequest().setUrn(urn.replace("Echo", "Other")));
    assert.match(failure.details, /no resource type "echo:index:Other"/);
  });

  it("ends a call when its custom timeout is over", async () => {
    const failure = await failureOf("update", new proto.UpdateRequest().setUrn(urn).setTimeout(0.05));
    assert.match(failure.details, /within 0.05 s; `customTimeouts`/);
  });

  it("ends every call that waits when the engine cancels", async () => {
    const waiting = failureOf("update", new proto.UpdateRequest().setUrn(urn));
    await call("cancel", new emptyProto.Empty());
    assert.match((await waiting).details, /cancelled/);
  });

  function call<Response>(method: keyof providerGrpc.IResourceProviderClient, request: unknown): Promise<Response> {
    return new Promise((resolve, reject) => {
      const send = client[method] as unknown as (
        request: unknown,
        callback: (error: grpc.ServiceError | null, response: Response) => void,
      ) => void;
      send.call(client, request, (error, response) => (error ? reject(error) : resolve(response)));
    });
  }

  async function failureOf(method: keyof providerGrpc.IResourceProviderClient, request: unknown) {
    return call(method, request).then(
      () => assert.fail(`${method} succeeded`),
      (error: grpc.ServiceError) => error,
    );
  }

  function initializationFailureOf(error: grpc.ServiceError): proto.ErrorResourceInitFailed {
    const [trailer] = error.metadata.get("grpc-status-details-bin");
    const [detail] = statusProto.Status.deserializeBinary(trailer as Buffer).getDetailsList();
    assert.equal(detail?.getTypeName(), "pulumirpc.ErrorResourceInitFailed");
    return proto.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  }
});
