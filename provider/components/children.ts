import {
  CustomResource,
  type CustomResourceOptions,
  type Inputs,
  isSecret,
  type Output,
  output,
  ProviderResource,
  runtime,
  secret,
  unknown,
} from "@pulumi/pulumi";
import { type Run, runNames } from "../job/outputs.ts";
import { version } from "../version.ts";
import { openedOf } from "./openedOf.ts";

/** The package's own resources, as a component makes them. Their arguments are checked by the plug-in that serves them. */
export class RayJob extends CustomResource {
  constructor(name: string, args: Inputs, options: CustomResourceOptions) {
    super("rayjob:index:RayJob", name, { ...withOutputs(runNames), ...args }, { ...options, version });
  }

  /** What has become of the job. */
  get run(): Record<string, Output<unknown>> {
    const { urn } = this;
    const answered = outputOf(this, alwaysAnswered);
    return Object.fromEntries(runNames.map((name) => [name, withAbsence(outputOf(this, name), answered, urn)]));
  }
}

const alwaysAnswered = "logsCommand" satisfies keyof Run;

/** What deletes the RayJobs of these jobs that killed deployments have left. */
export class RayJobCleanup extends CustomResource {
  constructor(name: string, args: Inputs, options: CustomResourceOptions) {
    super("rayjob:index:RayJobCleanup", name, args, { ...options, version });
  }
}

/** A directory, packaged and uploaded. */
export class WorkingDir extends CustomResource {
  declare readonly uri: Output<string>;

  constructor(name: string, args: Inputs, options: CustomResourceOptions) {
    super("rayjob:index:WorkingDir", name, { ...withOutputs(["uri"]), ...args }, { ...options, version });
  }
}

/** KubeRay's CRDs. */
export class KubeRayCrds extends CustomResource {
  constructor(name: string, args: Inputs, options: CustomResourceOptions) {
    super("rayjob:index:KubeRayCrds", name, args, { ...options, version });
  }
}

/** The provider of the four above: which cluster, whose account. */
export class RayJobProvider extends ProviderResource {
  constructor(name: string, args: Inputs, options: CustomResourceOptions) {
    super("rayjob", name, args, { ...options, version });
  }
}

// The SDK makes an output of every property that is there when the resource is registered.
function withOutputs(names: readonly string[]): Inputs {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/**
 * The SDK takes an output that a resource lacks for one that a preview does not know, and then all that holds it, so that whatever
 * uses another output would seem to change. Where the plug-in has answered, it is known that there is none.
 */
function withAbsence(given: Output<unknown>, answered: Output<unknown>, urn: Output<string>): Output<unknown> {
  const value = urn.apply(async () => {
    const [said, answer] = await Promise.all([openedOf(given), openedOf(answered)]);
    return runtime.isDryRun() && answer === undefined ? unknown : said;
  });
  return output(isSecret(given)).apply((isHidden) => (isHidden ? secret(value) : value));
}

function outputOf(resource: RayJob, name: string): Output<unknown> {
  return (resource as unknown as Record<string, Output<unknown>>)[name] as Output<unknown>;
}
