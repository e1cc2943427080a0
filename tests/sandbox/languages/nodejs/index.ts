import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import grpc from "@grpc/grpc-js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/language_pb.js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import { type Command, installDependencies, locateStarter, start, startEnvironment } from "./commands.ts";
import { requiredPackages } from "./requiredPackages.ts";

/**
 * Stands in for `pulumi-language-nodejs`, which cannot be had offline: a test fixture, never shipped. It installs and starts
 * plug-ins, by the official one's commands, and runs no programs.
 */
const server = new grpc.Server();
server.addService(languageGrpc.LanguageRuntimeService, {
  getPluginInfo: (_: unknown, callback: grpc.sendUnaryData<pluginProto.PluginInfo>) =>
    callback(null, new pluginProto.PluginInfo().setVersion("0.0.0")),
  handshake: (_: unknown, callback: grpc.sendUnaryData<proto.LanguageHandshakeResponse>) =>
    callback(null, new proto.LanguageHandshakeResponse()),
  cancel: (_: unknown, callback: grpc.sendUnaryData<emptyProto.Empty>) => callback(null, new emptyProto.Empty()),
  getRequiredPackages: serveRequiredPackages,
  installDependencies: serveInstallation,
  runPlugin: servePlugin,
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});

function serveRequiredPackages(
  { request }: grpc.ServerUnaryCall<proto.GetRequiredPackagesRequest, proto.GetRequiredPackagesResponse>,
  callback: grpc.sendUnaryData<proto.GetRequiredPackagesResponse>,
): void {
  requiredPackages(folderOf(request)).then(
    (packages) => {
      const response = new proto.GetRequiredPackagesResponse();
      for (const { name, version } of packages)
        response.addPackages(
          new pluginProto.PackageDependency().setName(name).setKind("resource").setVersion(`v${version}`),
        );
      callback(null, response);
    },
    (thrown: Error) => callback(failureOf(thrown)),
  );
}

function serveInstallation(
  call: grpc.ServerWritableStream<proto.InstallDependenciesRequest, proto.InstallDependenciesResponse>,
): void {
  const child = started(installDependencies(folderOf(call.request)));
  child.stdout.on("data", (data: Buffer) => call.write(new proto.InstallDependenciesResponse().setStdout(data)));
  child.stderr.on("data", (data: Buffer) => call.write(new proto.InstallDependenciesResponse().setStderr(data)));
  child.on("close", (code) =>
    code === 0 ? call.end() : call.destroy(failureOf(new Error(`npm install ended with exit code ${code}`))),
  );
}

function servePlugin(call: grpc.ServerWritableStream<proto.RunPluginRequest, proto.RunPluginResponse>): void {
  const folder = folderOf(call.request);
  starterOf(folder).then(
    (starter) => {
      const environment = Object.fromEntries(call.request.getEnvList().map(assignmentOf));
      const command = start(starter, folder, call.request.getArgsList(), call.request.getPwd());
      const child = started(command, { ...environment, ...startEnvironment });
      child.stdout.on("data", (data: Buffer) => call.write(new proto.RunPluginResponse().setStdout(data)));
      child.stderr.on("data", (data: Buffer) => call.write(new proto.RunPluginResponse().setStderr(data)));
      child.on("close", (code) => {
        call.write(new proto.RunPluginResponse().setExitcode(code ?? 1));
        call.end();
      });
      // The engine ends a plug-in by ending the call.
      call.on("cancelled", () => child.kill("SIGKILL"));
    },
    (thrown: Error) => call.destroy(failureOf(thrown)),
  );
}

async function starterOf(folder: string): Promise<string> {
  const child = started(locateStarter(folder));
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Error(errors);
  return output.trim();
}

function started({ program, args, folder }: Command, env: NodeJS.ProcessEnv = process.env) {
  return spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
}

function folderOf(request: { getInfo(): proto.ProgramInfo | undefined }): string {
  const folder = request.getInfo()?.getProgramDirectory();
  if (!folder) throw new Error("The request names no folder");
  return folder;
}

function assignmentOf(line: string): [name: string, value: string] {
  const end = line.indexOf("=");
  return [line.slice(0, end), line.slice(end + 1)];
}

function failureOf({ message }: Error) {
  return Object.assign(new Error(message), { code: grpc.status.UNKNOWN, details: message });
}
