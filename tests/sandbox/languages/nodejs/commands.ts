// What Pulumi's language host for Node.js does with a plug-in, command by command, as pulumi-language-nodejs 3.259 does
// it (sdk/nodejs/cmd/pulumi-language-nodejs/main.go, sdk/nodejs/npm). Each is a program, its arguments and where it is run.

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
}

/**
 * Once, after the plug-in was cloned, and each time for one that is added by its path. With all dependencies and with install
 * scripts; by npm unless there is the lock file of yarn, pnpm or bun, or PULUMI_PREFER_YARN.
 */
export function installDependencies(plugin: string): Command {
  return { program: "npm", args: ["install", "--loglevel=error"], folder: plugin };
}

/** Before each start: prints where the file is that starts plug-ins. */
export function locateStarter(plugin: string): Command {
  return {
    program: "node",
    args: ["-e", 'console.log(require.resolve("@pulumi/pulumi/cmd/run-plugin"))'],
    folder: plugin,
  };
}

/** The start, in the user's folder: the starter loads what the plug-in's package.json calls `main`, and that serves. */
export function start(starter: string, plugin: string, args: readonly string[], folder: string): Command {
  return { program: "node", args: [starter, plugin, ...args], folder };
}

/** What else is in the environment of the start. It says that the plug-in is TypeScript; the starter takes that for granted. */
export const startEnvironment = { PULUMI_NODEJS_TYPESCRIPT: "true" };
