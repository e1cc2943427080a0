export const API_GROUP = "ray.io";
export const API_VERSION = "v1";

/** Where the API server keeps RayJobs: those of a namespace, or one of them. */
export function rayJobPath({ namespace, name }: { readonly namespace: string; readonly name?: string }): string {
  return below(`/apis/${API_GROUP}/${API_VERSION}/namespaces/${encodeURIComponent(namespace)}/rayjobs`, name);
}

/** Likewise for the pods, events and other things of Kubernetes' core. */
export function corePath(namespace: string, resource: string, name?: string): string {
  return below(`/api/v1/namespaces/${encodeURIComponent(namespace)}/${resource}`, name);
}

function below(collection: string, name: string | undefined): string {
  return name === undefined ? collection : `${collection}/${encodeURIComponent(name)}`;
}
