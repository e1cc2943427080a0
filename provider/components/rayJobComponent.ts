import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Inputs,
  interpolate,
  log,
  type Output,
  output,
  type ProviderResource,
  type Resource,
  unknown,
} from "@pulumi/pulumi";
import { isPropertyMap, UNKNOWN } from "../values/value.ts";
import type { Argument } from "./argument.ts";
import { RayJob, RayJobCleanup, WorkingDir } from "./children.ts";
import { constructing } from "./construct.ts";
import { KubeRayOperator } from "./kubeRayOperator.ts";
import { queueWarnings } from "./queue.ts";
import { rayJobComponentProblems } from "./rayJobComponentRules.ts";
import {
  hasOwnCluster,
  installsOperator,
  isIncomplete,
  isLocal,
  makesBucket,
  makesNamespace,
  packagesCode,
  retainsClaims,
} from "./rayJobPlan.ts";
import { rayJobProviderOf } from "./rayJobProvider.ts";
import type { WorkingDirBucketArgs, WorkingDirReader } from "./workingDirBucket/args.ts";
import { bucketInputsOf, WorkingDirBucket } from "./workingDirBucket.ts";

export const constructRayJobComponent = constructing({
  token: "rayjob:index:RayJobComponent",
  problems: rayJobComponentProblems,
  warnings: (args, { parallel }) => queueWarnings(args, parallel),
  make: (...args) => new RayJobComponent(...args),
});

/** Makes all that Ray jobs need, then the jobs. What it takes, and how its children are called: `RayJobComponentArgs`. */
export class RayJobComponent extends ComponentResource {
  readonly namespace: Input<string>;
  readonly serviceAccountName: Input<string> | undefined;
  readonly claimNames: Readonly<Record<string, Input<string>>>;
  readonly bucketName: Input<string> | undefined;
  readonly runs: Input<Inputs>;
  readonly #name: string;
  readonly #args: Argument;
  /** What the package's own resources among the children are made with. */
  readonly #ours: { readonly parent: ComponentResource; readonly provider?: ProviderResource };
  /** What a job needs before it is submitted, and until it is deleted. */
  readonly #foundations: Resource[] = [];
  #namespace: Namespace | undefined;
  #bucket: WorkingDirBucket | undefined;

  constructor(name: string, args: Argument, options: ComponentResourceOptions) {
    super("rayjob:index:RayJobComponent", name, {}, options);
    this.#name = name;
    this.#args = args;
    const usesAws = packagesCode(args.value);
    this.#ours = { parent: this, ...rayJobProviderOf(this, name, options, { usesAws }) };
    if (isIncomplete(args.value)) void log.warn(incomplete, this);
    this.namespace = this.#makeNamespace();
    this.#installOperator();
    this.#makeCleanup();
    this.bucketName = this.#makeBucket();
    this.serviceAccountName = this.#makeServiceAccount();
    this.claimNames = this.#makeClaims();
    this.runs = this.#makeRuns();
    this.registerOutputs(this.outputs);
  }

  get outputs() {
    const { runs, namespace, serviceAccountName, claimNames, bucketName } = this;
    return { runs, namespace, serviceAccountName, claimNames, bucketName, readerRoleArn: this.#bucket?.readerRoleArn };
  }

  #makeNamespace(): Input<string> {
    const name = this.#args.at("namespace").text ?? "default";
    if (!makesNamespace(this.#args.value)) return name;
    const retainOnDelete = retainsClaims(this.#args.value);
    const namespace = new Namespace(this.#name, { metadata: { name } }, { parent: this, retainOnDelete });
    this.#namespace = namespace;
    this.#foundations.push(namespace);
    return namespace.metadata.name;
  }

  #installOperator(): void {
    if (!installsOperator(this.#args.value)) return;
    const operator = new KubeRayOperator(this.#name, this.#args.at("operator"), this.#ours);
    this.#foundations.push(...operator.parts);
  }

  /** There before the jobs, so that it is still there after them. */
  #makeCleanup(): void {
    const { value, properties } = this.#args.at("jobs");
    const jobs = value === UNKNOWN ? output(unknown) : Object.keys(properties).map((name) => this.#nameOf(name));
    const dependsOn = [...this.#foundations];
    const args = { namespace: this.namespace, jobs };
    this.#foundations.push(new RayJobCleanup(this.#name, args, { ...this.#ours, dependsOn }));
  }

  #makeServiceAccount(): Input<string> | undefined {
    const asked = this.#args.at("serviceAccount");
    if (!asked.isGiven) return this.#args.at("existingServiceAccount").text;
    const role = this.#bucket?.readerRoleArn;
    const annotations = { ...(role ? { [roleAnnotation]: role } : {}), ...asked.at("annotations").inputs };
    const metadata = { name: this.#serviceAccountName(), namespace: this.namespace, annotations };
    const account = new ServiceAccount(this.#name, { metadata }, this.#inNamespace());
    this.#foundations.push(account);
    return account.metadata.name;
  }

  #serviceAccountName(): Input<string> {
    return this.#args.at("serviceAccount").at("name").text ?? this.#name;
  }

  #makeClaims(): Record<string, Input<string>> {
    const volumes = Object.entries(this.#args.at("volumes").properties);
    return Object.fromEntries(volumes.map(([name, volume]) => [name, this.#makeClaim(name, volume)]));
  }

  #makeClaim(volumeName: string, volume: Argument): Input<string> {
    const existing = volume.at("existingClaim").text;
    if (existing !== undefined) return existing;
    const name = `${this.#name}-${volumeName}`;
    const claim = new PersistentVolumeClaim(
      name,
      {
        metadata: { namespace: this.namespace },
        spec: {
          accessModes: ["ReadWriteOnce"],
          resources: { requests: { storage: volume.at("size").text ?? "" } },
          ...given({ accessModes: volume.at("accessModes"), storageClassName: volume.at("storageClassName") }),
        },
      },
      { ...this.#inNamespace(), retainOnDelete: volume.at("retainOnDelete").value === true },
    );
    this.#foundations.push(claim);
    return claim.metadata.name;
  }

  #makeBucket(): Input<string> | undefined {
    if (!makesBucket(this.#args.value)) return this.#args.at("existingBucket").text;
    const bucket = this.#args.at("bucket");
    const args = { forceDestroy: true, ...bucketInputsOf(bucket), ...this.#readerOf(bucket.at("reader")) };
    this.#bucket = new WorkingDirBucket(this.#name, args, { parent: this });
    this.#foundations.push(this.#bucket);
    return this.#bucket.bucketName;
  }

  /** The component's own service account reads the bucket, unless others are named. */
  #readerOf(reader: Argument): Pick<WorkingDirBucketArgs, "reader"> {
    if (!reader.isGiven) return {};
    const account = interpolate`${this.namespace}/${this.#serviceAccountName()}`;
    const serviceAccounts = reader.at("serviceAccounts").isGiven ? reader.at("serviceAccounts").given : [account];
    return { reader: { ...reader.inputs, serviceAccounts } as unknown as WorkingDirReader };
  }

  #makeRuns(): Input<Inputs> {
    const jobs = this.#args.at("jobs");
    if (jobs.value === UNKNOWN) return output(unknown) as Output<Inputs>;
    const known = Object.entries(jobs.properties).filter(([, job]) => isPropertyMap(job.value));
    return Object.fromEntries(known.map(([name, job]) => [name, this.#makeRun(name, job)]));
  }

  #makeRun(jobName: string, job: Argument) {
    const name = this.#nameOf(jobName);
    const code = this.#packageCode(name, job);
    const args = { ...job.inputs, ...this.#partsOfCluster(job), ...code.inputs, namespace: this.namespace };
    const dependsOn = [...this.#foundations, ...code.resources];
    return new RayJob(name, args, { ...this.#ours, dependsOn }).run;
  }

  #nameOf(jobName: string): string {
    return `${this.#name}-${jobName}`;
  }

  /** What the component puts into the pods of the job's cluster, if the job makes one. */
  #partsOfCluster(job: Argument) {
    if (!hasOwnCluster(job.value)) return {};
    const volumes = Object.entries(this.#args.at("volumes").properties);
    const mounts = volumes.map(([name, volume]) => {
      const places = given({
        mountPath: volume.at("mountPath"),
        subPath: volume.at("subPath"),
        readOnly: volume.at("readOnly"),
      });
      return [name, { claimName: this.claimNames[name], ...places }];
    });
    return {
      ...(mounts.length > 0 ? { mounts: { ...Object.fromEntries(mounts), ...job.at("mounts").inputs } } : {}),
      ...(this.serviceAccountName === undefined ? {} : { serviceAccountName: this.serviceAccountName }),
      ...given({ serviceAccountName: job.at("serviceAccountName") }),
    };
  }

  /** A local directory becomes a package in the bucket, and its URI the job's working directory. */
  #packageCode(name: string, job: Argument): { inputs: object; resources: Resource[] } {
    const runtimeEnv = job.at("runtimeEnv");
    const workingDir = runtimeEnv.at("workingDir");
    if (!isLocal(workingDir.value)) return { inputs: {}, resources: [] };
    const { excludes, ...others } = runtimeEnv.inputs;
    const args = { path: workingDir.given, bucket: this.bucketName, ...(excludes === undefined ? {} : { excludes }) };
    const directory = new WorkingDir(name, args, { ...this.#ours, dependsOn: this.#bucket ?? [] });
    return { inputs: { runtimeEnv: { ...others, workingDir: directory.uri } }, resources: [directory] };
  }

  #inNamespace() {
    return { parent: this, dependsOn: this.#namespace ?? [] };
  }
}

const incomplete =
  "The preview is incomplete: jobs, volumes or working directories are known only when the deployment runs, and what is not " +
  "known yet is missing from it";

/** Amazon's name for the role that the pods of a service account get. */
const roleAnnotation = "eks.amazonaws.com/role-arn";

/** Those of the arguments that are given, as a child takes them. */
function given(named: Readonly<Record<string, Argument>>): Record<string, Input<unknown>> {
  const said = Object.entries(named).filter(([, { isGiven }]) => isGiven);
  return Object.fromEntries(said.map(([name, { given }]) => [name, given]));
}
