import { AsyncLocalStorage } from "node:async_hooks";
import grpc from "@grpc/grpc-js";
import type pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import type providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import type { Provider as StockProvider } from "@pulumi/pulumi/provider/provider.js";
import { main } from "@pulumi/pulumi/provider/server.js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { configurationCalls } from "./configurationCalls.ts";
import { whenEngineEnds } from "./engineLife.ts";
import { disregardFailedResources } from "./failedResources.ts";
import { missingTypeOf } from "./failures.ts";
import type { Deployment, Provider } from "./provider.ts";
import { resourceCalls } from "./resourceCalls.ts";
import { Session } from "./session.ts";

/**
 * Serves the plug-in until the engine ends it. The SDK's own server is started, and keeps components and the schema;
 * the calls about configuration and custom resources are laid over it, because the SDK's know no provider
 * configuration, previews, old inputs, detailed diffs, timeouts, or initialization errors on read.
 */
export async function serve(provider: Provider, args: readonly string[]): Promise<void> {
  const engineAddress = engineAddressOf(args);
  const session = new Session(engineAddress);
  const serving = whileOverlaying(
    (stock) => ({
      ...configurationCalls(provider.configuration, session),
      ...resourceCalls(provider, session),
      attach: attachOver(stock, session),
      construct: constructOver(stock),
    }),
    () => main(stockProviderOf(provider), [...args]),
  );
  await serving;
  disregardFailedResources();
  if (engineAddress !== undefined) whenEngineEnds(engineAddress, () => process.exit(1));
}

function stockProviderOf({ version, schema, components }: Provider): StockProvider {
  return { version, getSchema: () => schema(), ...(components && { construct: constructorOf(components) }) };
}

function constructorOf(components: NonNullable<Provider["components"]>): NonNullable<StockProvider["construct"]> {
  return async (name, type, inputs, options) => {
    const load = components[type];
    if (load === undefined) throw new Error(missingTypeOf("component", type));
    return (await load())(name, inputs, options, deployments.getStore() ?? {});
  };
}

type Attach = grpc.handleUnaryCall<pluginProto.PluginAttach, Empty>;
type Construct = grpc.handleUnaryCall<providerProto.ConstructRequest, providerProto.ConstructResponse>;
type StockService = grpc.UntypedServiceImplementation & { attach: Attach; construct: Construct };

/**
 * The SDK does not export its server, but hands it to gRPC before `start` returns: there, and only during that call, our
 * handlers are put in front of it. An SDK that serves in another way would serve none of our calls, hence the check.
 */
function whileOverlaying<Result>(
  handlers: (stock: StockService) => grpc.UntypedServiceImplementation,
  start: () => Result,
): Result {
  const { addService } = grpc.Server.prototype;
  let overlaid = false;
  grpc.Server.prototype.addService = function (service, stock) {
    overlaid = true;
    return addService.call(this, service, Object.assign(Object.create(stock), handlers(stock as StockService)));
  };
  try {
    const result = start();
    if (overlaid) return result;
  } finally {
    grpc.Server.prototype.addService = addService;
  }
  throw new Error("Internal error: this version of @pulumi/pulumi starts its server in an unknown way");
}

/** An engine that the plug-in did not start makes itself known by this call. */
function attachOver(stock: StockService, session: Session): Attach {
  return function (this: unknown, call, callback) {
    session.messages.attach(call.request.getAddress());
    stock.attach.call(this, call, callback);
  };
}

/** The SDK's own call does the work, but keeps to itself what the engine says of the deployment. */
function constructOver(stock: StockService): Construct {
  return function (this: unknown, call, callback) {
    deployments.run({ parallel: call.request.getParallel() }, () => stock.construct.call(this, call, callback));
  };
}

const deployments = new AsyncLocalStorage<Deployment>();

// The engine may put flags for its own logging in front; --tracing has its value as the next argument.
function engineAddressOf(args: readonly string[]): string | undefined {
  return args.find((arg, index) => !arg.startsWith("-") && args[index - 1] !== "--tracing");
}
