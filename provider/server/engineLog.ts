import grpc from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineProto from "@pulumi/pulumi/proto/engine_pb.js";

/** Lines of one resource in the engine's display. Losing one is never an error. */
export interface EngineLog {
  /** Replaces the line at the end of the resource's row. */
  status(message: string): void;
  info(message: string): void;
  warning(message: string): void;
}

/** The engine's side of the plug-in protocol, as far as it is about messages. Connects with the first message. */
export class EngineMessages {
  #address: string | undefined;
  #client: engineGrpc.EngineClient | undefined;
  readonly #warnings = new Set<string>();

  constructor(address: string | undefined) {
    this.#address = address;
  }

  /** From now on the messages go to another engine. */
  attach(address: string): void {
    this.#address = address;
    this.#client?.close();
    this.#client = undefined;
  }

  logOf(urn: string): EngineLog {
    const { INFO, WARNING } = engineProto.LogSeverity;
    let shown: string | undefined;
    return {
      status: (message) => {
        if (message === shown) return;
        shown = message;
        this.#send(urn, INFO, message, true);
      },
      info: (message) => this.#send(urn, INFO, message, false),
      warning: (message) => {
        // The engine checks a resource that it replaces twice.
        const warning = `${urn}\n${message}`;
        if (this.#warnings.has(warning)) return;
        this.#warnings.add(warning);
        this.#send(urn, WARNING, message, false);
      },
    };
  }

  #send(urn: string, severity: engineProto.LogSeverity, message: string, ephemeral: boolean): void {
    if (this.#address === undefined) return;
    this.#client ??= new engineGrpc.EngineClient(this.#address, grpc.credentials.createInsecure());
    const request = new engineProto.LogRequest()
      .setUrn(urn)
      .setSeverity(severity)
      .setMessage(message)
      .setEphemeral(ephemeral);
    this.#client.log(request, () => undefined);
  }
}
