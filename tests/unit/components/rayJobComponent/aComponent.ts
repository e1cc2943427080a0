import { type Inputs, output } from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime/index.js";
import { argumentsOf } from "../../../../provider/components/argument.ts";
import { RayJobComponent } from "../../../../provider/components/rayJobComponent.ts";
import { Registrations, resolved } from "../registrations.ts";

const rayClusterSpec = { headGroupSpec: { template: { spec: { containers: [{ name: "ray", image: "ray" }] } } } };
export const remote = { entrypoint: "python a.py", runtimeEnv: { workingDir: "s3://code/a.zip" }, rayClusterSpec };
export const local = {
  entrypoint: "python a.py",
  runtimeEnv: { workingDir: "./a", excludes: ["b"], pip: ["c"] },
  rayClusterSpec,
};
export const volumes = { output: { size: "5Gi", mountPath: "/output" } };
export const noOperator = { operator: { install: false } };

export async function construct(args: Inputs, { preview = false, name = "training" } = {}) {
  const registrations = Registrations.start(computed, { preview });
  const component = new RayJobComponent(name, await argumentsOf(args), {});
  await known([component.runs, component.claimNames]);
  return { registrations, component };
}

function computed({ type, name }: MockResourceArgs): object {
  switch (type) {
    case "aws:s3/bucket:Bucket":
      return { bucket: `${name}-1234567`, arn: "arn:aws:s3:::it", region: "eu-central-1" };
    case "kubernetes:core/v1:PersistentVolumeClaim":
      return { metadata: { name: `${name}-1234` } };
    case "kubernetes:core/v1:Secret":
      return { metadata: { name: `${name}-1234` } };
    case "aws:iam/role:Role":
      return { arn: "arn:aws:iam::123456789012:role/reader" };
    case "rayjob:index:WorkingDir":
      return { uri: "s3://packages/a.zip" };
    case "rayjob:index:RayJob":
      return { jobStatus: "SUCCEEDED", dashboardUrl: `http://${name}:8265` };
    default:
      return {};
  }
}

export function runOf(registrations: Registrations, name = "training"): Readonly<Record<string, unknown>> {
  return registrations.inputs.get(`rayjob:index:RayJob ${name}-train`) ?? {};
}

export async function known(value: unknown): Promise<unknown> {
  return resolved(output(value));
}
