import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Inputs,
  log,
  type Output,
  output,
  type ProviderResource,
  type Resource,
  unknown,
} from "@pulumi/pulumi";
import { hashedNameOf } from "../job/names.ts";
import { isPropertyMap, UNKNOWN } from "../values/value.ts";
import type { Argument } from "./argument.ts";
import { RayJob, WorkingDir } from "./children.ts";
import { constructing } from "./construct.ts";
import { KubeRayOperator } from "./kubeRayOperator.ts";
import { rayJobComponentFindings } from "./rayJobComponentRules.ts";
import { hasOwnCluster, installsOperator, isLocal, makesBucket, makesNamespace } from "./rayJobPlan.ts";
import { rayJobProviderOf } from "./rayJobProvider.ts";
import { WorkingDirBucket } from "./workingDirBucket.ts";

export const constructRayJobComponent = constructing({
  token: "rayjob:index:RayJobComponent",
  findings: rayJobComponentFindings,
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
  readonly #ours: { readonly parent: ComponentResource; readonly provider: ProviderResource };
  /** What a job needs before it is submitted, and until it is deleted. */
  readonly #foundations: Resource[] = [];
  #namespace: Namespace | undefined;
  #bucket: WorkingDirBucket | undefined;

  constructor(name: string, args: Argument, options: ComponentResourceOptions) {
    super("rayjob:index:RayJobComponent", name, {}, options);
    this.#name = name;
    this.#args = args;
    this.#ours = { parent: this, provider: rayJobProviderOf(this, name, options) };
    this.namespace = this.#makeNamespace();
    this.#installOperator();
    this.serviceAccountName = this.#makeServiceAccount();
    this.claimNames = this.#makeClaims();
    this.bucketName = this.#makeBucket();
    this.runs = this.#makeRuns();
    this.registerOutputs(this.outputs);
  }

  get outputs() {
    const { runs, namespace, serviceAccountName, claimNames, bucketName } = this;
    return { runs, namespace, serviceAccountName, claimNames, bucketName };
  }

  #makeNamespace(): Input<string> {
    const name = text(this.#args.at("namespace")) ?? "default";
    if (!makesNamespace(this.#args.value)) return name;
    const namespace = new Namespace(this.#name, { metadata: { name } }, { parent: this });
    this.#namespace = namespace;
    this.#foundations.push(namespace);
    return namespace.metadata.name;
  }

  #installOperator(): void {
    if (!installsOperator(this.#args.value)) return;
    const operator = new KubeRayOperator(this.#name, this.#args.at("operator"), this.#ours);
    this.#foundations.push(...operator.parts);
  }

  #makeServiceAccount(): Input<string> | undefined {
    const asked = this.#args.at("serviceAccount");
    if (!asked.isGiven) return text(this.#args.at("existingServiceAccount"));
    const metadata = {
      name: text(asked.at("name")) ?? this.#objectName(this.#name),
      namespace: this.namespace,
      ...given({ annotations: asked.at("annotations") }),
    };
    const account = new ServiceAccount(this.#name, { metadata }, this.#inNamespace());
    this.#foundations.push(account);
    return account.metadata.name;
  }

  #makeClaims(): Record<string, Input<string>> {
    const volumes = Object.entries(this.#args.at("volumes").properties);
    return Object.fromEntries(volumes.map(([name, volume]) => [name, this.#makeClaim(name, volume)]));
  }

  #makeClaim(volumeName: string, volume: Argument): Input<string> {
    const existing = text(volume.at("existingClaim"));
    if (existing !== undefined) return existing;
    const name = `${this.#name}-${volumeName}`;
    const claim = new PersistentVolumeClaim(
      name,
      {
        metadata: { name: this.#objectName(name), namespace: this.namespace },
        spec: {
          accessModes: ["ReadWriteOnce"],
          resources: { requests: { storage: text(volume.at("size")) ?? "" } },
          ...given({ accessModes: volume.at("accessModes"), storageClassName: volume.at("storageClassName") }),
        },
      },
      { ...this.#inNamespace(), retainOnDelete: volume.at("retainOnDelete").value === true },
    );
    this.#foundations.push(claim);
    return claim.metadata.name;
  }

  #makeBucket(): Input<string> | undefined {
    if (!makesBucket(this.#args.value)) return text(this.#args.at("existingBucket"));
    const args = { forceDestroy: true, ...this.#args.at("bucket").inputs };
    this.#bucket = new WorkingDirBucket(this.#name, args, { parent: this });
    this.#foundations.push(this.#bucket);
    return this.#bucket.bucketName;
  }

  #makeRuns(): Input<Inputs> {
    const jobs = this.#args.at("jobs");
    const known = Object.entries(jobs.properties).filter(([, job]) => isPropertyMap(job.value));
    if (jobs.value === UNKNOWN || known.length < Object.keys(jobs.properties).length) {
      void log.warn("The preview is incomplete: some of the jobs are known only when the deployment runs", this);
    }
    if (jobs.value === UNKNOWN) return output(unknown) as Output<Inputs>;
    return Object.fromEntries(known.map(([name, job]) => [name, this.#makeRun(name, job)]));
  }

  #makeRun(jobName: string, job: Argument) {
    const name = `${this.#name}-${jobName}`;
    const code = this.#packageCode(name, job);
    const args = { ...job.inputs, ...this.#partsOfCluster(job), ...code.inputs, namespace: this.namespace };
    const dependsOn = [...this.#foundations, ...code.resources];
    return new RayJob(name, args, { ...this.#ours, dependsOn }).run;
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

  /** The same whenever it is asked for, and another one for every component, since one namespace may hold several. */
  #objectName(name: string): Output<string> {
    return output(plainly(this.urn).then((urn) => hashedNameOf(name, urn, 63)));
  }
}

/** An output's value without what it depends on: a child that waits for its own component waits for itself. */
function plainly<Known>(value: Output<Known>): Promise<Known> {
  return (value as unknown as { promise(): Promise<Known> }).promise();
}

/** An argument that is a text, if it is given. */
function text({ isGiven, given }: Argument): Input<string> | undefined {
  return isGiven ? (given as Input<string>) : undefined;
}

/** Those of the arguments that are given, as a child takes them. */
function given(named: Readonly<Record<string, Argument>>): Record<string, Input<unknown>> {
  const said = Object.entries(named).filter(([, { isGiven }]) => isGiven);
  return Object.fromEntries(said.map(([name, { given }]) => [name, given]));
}
