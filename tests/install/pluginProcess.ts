import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter } from "node:path";
import { createInterface } from "node:readline";
import grpc from "@grpc/grpc-js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import {
  type Command,
  installDependencies,
  locateStarter,
  start,
  startEnvironment,
} from "../sandbox/languages/nodejs/commands.ts";

/** A plug-in that was started as the language host starts it, and that answers calls. */
export class PluginProcess {
  readonly #process: ChildProcess;
  readonly #client: providerGrpc.ResourceProviderClient;

  private constructor(process: ChildProcess, port: string) {
    this.#process = process;
    this.#client = new providerGrpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  static async start(
    plugin: string,
    node: string,
    folder: string,
    starter = starterOf(plugin, node),
  ): Promise<PluginProcess> {
    const { program, args } = start(starter, plugin, [], folder);
    const env = { ...environmentOf(node), ...startEnvironment };
    const child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
    const [port] = await once(createInterface(child.stdout), "line");
    return new PluginProcess(child, port);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  call<Response>(method: keyof providerGrpc.IResourceProviderClient, request: unknown): Promise<Response> {
    return new Promise((resolve, reject) => {
      const send = this.#client[method] as unknown as (
        request: unknown,
        callback: (error: grpc.ServiceError | null, response: Response) => void,
      ) => void;
      send.call(this.#client, request, (error, response) => (error ? reject(error) : resolve(response)));
    });
  }

  async dispose(): Promise<void> {
    this.#client.close();
    this.#process.kill();
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, "exit");
  }
}

/** Installs what a clone of the plug-in needs, with a version of Node. */
export function install(plugin: string, node: string, more: NodeJS.ProcessEnv = {}): void {
  run(installDependencies(plugin), { ...environmentOf(node), ...more });
}

/** The file that starts the plug-in. */
export function starterOf(plugin: string, node: string): string {
  return run(locateStarter(plugin), environmentOf(node)).trim();
}

/** The environment with another Node in front: npm and what it runs take the first one. */
export function environmentOf(node: string): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [node, process.env.PATH].join(delimiter) };
}

function run({ program, args, folder }: Command, env: NodeJS.ProcessEnv): string {
  return execFileSync(program, args, { cwd: folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
