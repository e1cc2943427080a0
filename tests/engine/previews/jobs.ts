import type { Program } from "../../support/rig.ts";
import { componentJob, componentProgram, jobProperties } from "../programs.ts";
import { changes } from "./changes.ts";

/** What a program says about a job. */
export type Job = Readonly<Record<string, unknown>>;

/** The program before all the changes, or after them: each is made to a job of its own. */
export function programOf(namespace: string, isAfter: boolean): Program {
  const jobs = Object.entries(changes).map(([name, { before = {}, after }]) => {
    const properties = jobIn(namespace, isAfter ? { ...before, ...after } : before);
    return [name, { type: "rayjob:RayJob", properties }];
  });
  const { it: component } = componentProgram(namespace, componentJobs(isAfter)).resources;
  const platform = { ...component, properties: { ...component.properties, existingBucket: "code" } };
  return { resources: { ...Object.fromEntries(jobs), platform } };
}

function componentJobs(isAfter: boolean) {
  const envVars = { TOKEN: { "fn::secret": isAfter ? "hush-2" : "hush-1" }, MODE: "quick" };
  return {
    code: componentJob({ waitFor: "none", runtimeEnv: { workingDir: "job" } }),
    secret: componentJob({ waitFor: "none", runtimeEnv: { envVars } }),
    [isAfter ? "new-name" : "old-name"]: componentJob({ waitFor: "none" }),
  };
}

function jobIn(namespace: string, more: Job): Job {
  const runtimeEnv = { pip: ["torch==2.1.0"], envVars: { EPOCHS: "3" } };
  return jobProperties(namespace, { rayClusterSpec: clusterOf({}), runtimeEnv, waitFor: "none", ...more });
}

/** A cluster with a head and a group of workers, as people write them. */
export function clusterOf({ image = "rayproject/ray:2.9.0", replicas = 2 }) {
  const template = (name: string) => ({
    spec: { containers: [{ name, image, resources: { limits: { cpu: "2", memory: "4Gi" } } }] },
  });
  const workers = { groupName: "cpu", replicas, minReplicas: 1, maxReplicas: 8, template: template("ray-worker") };
  return { rayVersion: "2.9.0", headGroupSpec: { template: template("ray-head") }, workerGroupSpecs: [workers] };
}
