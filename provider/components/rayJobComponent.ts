import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
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
import { defaultKubeRayVersion } from "../crds/release.ts";
import { kubernetesNameOf } from "../job/names.ts";
import { isPropertyMap, UNKNOWN } from "../values/value.ts";
import { type Argument, givenOf } from "./argument.ts";
import { RayJob, RayJobCleanup } from "./children.ts";
import { constructing } from "./construct.ts";
import { operatorFeatureGatesOf } from "./featureGates.ts";
import { KubeRayOperator } from "./kubeRayOperator.ts";
import { podIdentityWarnings } from "./podIdentityImages.ts";
import { queueWarnings } from "./queue.ts";
import { type Claims, makeClaims, mountsOf } from "./rayJobComponent/claims.ts";
import { packageCode } from "./rayJobComponent/code.ts";
import { labelsOf } from "./rayJobComponent/labels.ts";
import { rayJobComponentProblems, rayJobComponentWarnings } from "./rayJobComponent/problems.ts";
import { secretsApart } from "./rayJobComponent/secretVariables.ts";
import { stageOf } from "./rayJobComponent/stage.ts";
import {
  existingBucketParts,
  hasOwnCluster,
  installsOperator,
  isIncomplete,
  makesBucket,
  makesNamespace,
  packagesCode,
  retainsClaims,
} from "./rayJobPlan.ts";
import { rayJobProviderOf } from "./rayJobProvider.ts";
import { sharedVolumeWarnings } from "./sharedVolumes.ts";
import type { WorkingDirBucketArgs, WorkingDirReader } from "./workingDirBucket/args.ts";
import { bucketInputsOf, WorkingDirBucket } from "./workingDirBucket.ts";

export const constructRayJobComponent = constructing({
  token: "rayjob:index:RayJobComponent",
  problems: rayJobComponentProblems,
  warnings: (args, { parallel }) => [
    ...queueWarnings(args, parallel),
    ...sharedVolumeWarnings(args),
    ...podIdentityWarnings(args),
    ...rayJobComponentWarnings(args),
  ],
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
  readonly #claims: Claims;
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
    this.#claims = makeClaims(name, args.at("volumes"), this.namespace, this.#inNamespace());
    this.#foundations.push(...this.#claims.resources);
    this.claimNames = this.#claims.names;
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
    // With Pod Identity it would be the annotation that wins.
    const isAnnotated = this.#args.at("bucket").at("reader").at("oidcProviderArn").isGiven;
    const role = isAnnotated ? this.#bucket?.readerRoleArn : undefined;
    const annotations = { ...(role ? { [roleAnnotation]: role } : {}), ...asked.at("annotations").inputs };
    const metadata = { name: this.#serviceAccountName(), namespace: this.namespace, annotations };
    const account = new ServiceAccount(this.#name, { metadata }, this.#inNamespace());
    this.#foundations.push(account);
    return account.metadata.name;
  }

  get #ownAccount(): string {
    return kubernetesNameOf(this.#name);
  }

  #serviceAccountName(): Input<string> {
    return this.#args.at("serviceAccount").at("name").text ?? this.#ownAccount;
  }

  #makeBucket(): Input<string> | undefined {
    if (!makesBucket(this.#args.value)) return this.#existingBucket((bucket) => existingBucketParts(bucket).name);
    const bucket = this.#args.at("bucket");
    const inputs = bucketInputsOf(bucket);
    const args = { forceDestroy: true, ...inputs, ...this.#readerOf(bucket.at("reader"), inputs.reader) };
    this.#bucket = new WorkingDirBucket(this.#name, args, { parent: this });
    this.#foundations.push(this.#bucket);
    return this.#bucket.bucketName;
  }

  #existingBucket<Part>(part: (bucket: string) => Part): Input<Part> | undefined {
    const bucket = this.#args.at("existingBucket").text;
    if (bucket === undefined) return undefined;
    return typeof bucket === "string" ? part(bucket) : output(bucket).apply(part);
  }

  #prefix(): Input<string | undefined> {
    const made = this.#args.at("bucket").at("prefix").text;
    return made ?? this.#existingBucket((bucket) => existingBucketParts(bucket).prefix);
  }

  /** The component's own service account reads the bucket, unless others are named. */
  #readerOf(asked: Argument, reader: WorkingDirReader | undefined): Pick<WorkingDirBucketArgs, "reader"> {
    if (reader === undefined || asked.at("serviceAccounts").isGiven) return {};
    return { reader: { ...reader, serviceAccounts: [this.#serviceAccount()] } };
  }

  /** As `namespace/name`; a text, by which its child is named, where the preview knows it. */
  #serviceAccount(): Input<string> {
    const { value: namespace = "default" } = this.#args.at("namespace");
    const { value: name = this.#ownAccount } = this.#args.at("serviceAccount").at("name");
    const isKnown = typeof namespace === "string" && typeof name === "string";
    return isKnown ? `${namespace}/${name}` : interpolate`${this.namespace}/${this.#serviceAccountName()}`;
  }

  #makeRuns(): Input<Inputs> {
    const jobs = this.#args.at("jobs");
    if (jobs.value === UNKNOWN) return output(unknown) as Output<Inputs>;
    const known = Object.entries(jobs.properties).filter(([, job]) => isPropertyMap(job.value));
    return Object.fromEntries(known.map(([name, job]) => [name, this.#makeRun(name, job)]));
  }

  #makeRun(jobName: string, job: Argument) {
    const name = this.#nameOf(jobName);
    const store = {
      bucket: this.bucketName,
      prefix: this.#prefix(),
      claimNames: this.claimNames,
      options: { ...this.#ours, dependsOn: this.#bucket ?? [] },
    };
    const code = packageCode(name, job, store);
    const { runtimeEnv = job.at("runtimeEnv").inputs } = code.inputs;
    const args = {
      ...this.#kubeRay(),
      ...job.inputs,
      ...labelsOf(this.#args, job),
      ...this.#partsOfCluster(job),
      ...stageOf(job, this.claimNames),
      ...code.inputs,
      ...secretsApart(name, job, runtimeEnv, this.namespace, this.#inNamespace()),
      namespace: this.namespace,
    };
    const dependsOn = [...this.#foundations, ...code.resources];
    return new RayJob(name, args, { ...this.#ours, dependsOn }).run;
  }

  #nameOf(jobName: string): string {
    return `${this.#name}-${jobName}`;
  }

  /** What the component puts into the pods of the job's cluster, if the job makes one. */
  #partsOfCluster(job: Argument) {
    if (!hasOwnCluster(job.value)) return {};
    const mounts = mountsOf(this.#args.at("volumes"), this.#claims);
    const hasMounts = Object.keys(mounts).length > 0;
    return {
      ...(hasMounts ? { mounts: { ...mounts, ...job.at("mounts").inputs } } : {}),
      ...(this.serviceAccountName === undefined ? {} : { serviceAccountName: this.serviceAccountName }),
      ...givenOf({ serviceAccountName: job.at("serviceAccountName") }),
    };
  }

  /** The version of KubeRay on the cluster, if it is known, and its feature gates. */
  #kubeRay() {
    const operator = this.#args.at("operator");
    const gates = operatorFeatureGatesOf(operator.value);
    const version =
      operator.at("version").text ?? (installsOperator(this.#args.value) ? defaultKubeRayVersion : undefined);
    return {
      ...(version === undefined ? {} : { kubeRayVersion: version }),
      ...(gates === undefined ? {} : { kubeRayFeatureGates: gates === UNKNOWN ? output(unknown) : (gates as Inputs) }),
    };
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
