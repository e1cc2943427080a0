import { CustomResource, type CustomResourceOptions, type Inputs, type Output, ProviderResource } from "@pulumi/pulumi";
import { runNames } from "../job/outputs.ts";
import { version } from "../version.ts";

/** The package's own resources, as a component makes them. Their arguments are checked by the plug-in that serves them. */
export class RayJob extends CustomResource {
  constructor(name: string, args: Inputs, options: CustomResourceOptions) {
    super("rayjob:index:RayJob", name, { ...withOutputs(runNames), ...args }, { ...options, version });
  }

  /** What has become of the job. */
  get run(): Record<string, Output<unknown>> {
    return Object.fromEntries(runNames.map((name) => [name, outputOf(this, name)]));
  }
}

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

function outputOf(resource: RayJob, name: string): Output<unknown> {
  return (resource as unknown as Record<string, Output<unknown>>)[name] as Output<unknown>;
}
