/** How an object is called in every message: `RayJob/ml/train-7f3a`, `Namespace/kube-system`, or `RayJob/ml` for all of them. */
export function subjectOf(kind: string, namespace: string | undefined, name?: string): string {
  return [kind, namespace, name].filter((part) => part).join("/");
}

export function rayJobSubject(target: { readonly namespace: string; readonly name?: string }): string {
  return subjectOf("RayJob", target.namespace, target.name);
}
