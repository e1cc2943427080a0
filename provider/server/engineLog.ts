import grpc from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineProto from "@pulumi/pulumi/proto/engine_pb.js";
import { Turns } from "../values/turns.ts";

/** Lines of one resource in the engine's display. Losing one is never an error. */
export interface EngineLog {
  /** Replaces the line at the end of the resource's row. */
  status(message: string): void;
  /** Shown with the resource's errors and warnings. Resolves when the engine has it, so that what is said next comes after it. */
  info(message: string): Promise<void>;
  warning(message: string): void;
}

/** The engine's side of the plug-in protocol, as far as it is about messages. Connects with the first message. */
export class EngineMessages {
  #address: string | undefined;
  #client: engineGrpc.EngineClient | undefined;
  readonly #warnings = new Set<string>();
  /** Calls that are under way at once may overtake each other, and the row would end with what was said before. */
  readonly #turns = new Turns();

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
    const send = (severity: engineProto.LogSeverity, message: string, ephemeral: boolean): Promise<void> => {
      const deadline = Date.now() + mostMilliseconds;
      const turn = this.#turns.take(urn, () => this.#send(urn, severity, message, { ephemeral, deadline }));
      return turn.catch(() => undefined);
    };
    return {
      status: (message) => {
        if (message === shown) return;
        shown = message;
        void send(INFO, message, true);
      },
      info: (message) => send(INFO, message, false),
      warning: (message) => {
        // The engine checks a resource that it replaces twice.
        const warning = `${urn}\n${message}`;
        if (this.#warnings.has(warning)) return;
        this.#warnings.add(warning);
        void send(WARNING, message, false);
      },
    };
  }

  /** Resolves when the engine has all that was said of the resource. */
  said(urn: string): Promise<void> {
    return this.#turns.over(urn);
  }

  async #send(
    urn: string,
    severity: engineProto.LogSeverity,
    message: string,
    { ephemeral, deadline }: { readonly ephemeral: boolean; readonly deadline: number },
  ): Promise<void> {
    if (this.#address === undefined) return;
    this.#client ??= new engineGrpc.EngineClient(this.#address, grpc.credentials.createInsecure());
    const client = this.#client;
    const request = new engineProto.LogRequest()
      .setUrn(urn)
      .setSeverity(severity)
      .setMessage(message)
      .setEphemeral(ephemeral);
    await new Promise<void>((resolve) => client.log(request, new grpc.Metadata(), { deadline }, () => resolve()));
  }
}

// An engine that is stuck must not hold up whoever has something to say.
const mostMilliseconds = 5_000;
