/** The arguments of a small job, with what a test wants to say about it. */
export function jobProperties(namespace: string, more: Readonly<Record<string, unknown>> = {}) {
  return { namespace, entrypoint: "python train.py", rayClusterSpec: clusterSpec, ...byHand, ...more };
}

/** A program with one job, `train`. */
export function jobProgram(namespace: string, more: Readonly<Record<string, unknown>> = {}, options?: object) {
  return {
    resources: {
      train: { type: "rayjob:RayJob", properties: jobProperties(namespace, more), ...(options && { options }) },
    },
    outputs: { phase: "${train.phase}", dashboard: "${train.dashboardUrl}" },
  };
}

/** A component in a namespace that is there, with these jobs, on a cluster that has an operator. */
export function componentProgram(namespace: string, jobs: Readonly<Record<string, object>>, options?: object) {
  const properties = { namespace, createNamespace: false, operator: { install: false }, jobs };
  return { resources: { it: { type: "rayjob:RayJobComponent", properties, ...(options && { options }) } } };
}

/** The same job inside a component, which has the namespace. */
export function componentJob(more: Readonly<Record<string, unknown>> = {}) {
  const { namespace: _, ...job } = jobProperties("", more);
  return job;
}

// KubeRay's operator leaves such a RayJob alone, so that the test can play its part.
const byHand = { managedBy: "kueue.x-k8s.io/multikueue" };

const clusterSpec = {
  headGroupSpec: { template: { spec: { containers: [{ name: "ray-head", image: "rayproject/ray:2.9.0" }] } } },
};
