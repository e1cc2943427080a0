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

// KubeRay's operator leaves such a RayJob alone, so that the test can play its part.
const byHand = { managedBy: "kueue.x-k8s.io/multikueue" };

const clusterSpec = {
  headGroupSpec: { template: { spec: { containers: [{ name: "ray-head", image: "rayproject/ray:2.9.0" }] } } },
};
