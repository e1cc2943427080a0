import type { Crd } from "./crd.ts";

/** The managers that an API server's refusal of a server-side apply names. */
export function managersIn(conflict: string): string[] {
  return [...new Set([...conflict.matchAll(/conflicts? with "([^"]+)"/g)].map(([, manager = ""]) => manager))];
}

/**
 * Whether what this manager has set may be taken over without being told to: it is a tool that does something once, at
 * somebody's word. Any other may be a controller that would put back what it once set.
 */
export function comesOnlyOnce(manager: string): boolean {
  return tools.has(manager);
}

// KubeRay's own way to update CRDs is `kubectl apply --server-side --force-conflicts`; Helm leaves those that exist alone.
const tools: ReadonlySet<string> = new Set([
  "helm",
  "kubectl",
  "kubectl-annotate",
  "kubectl-client-side-apply",
  "kubectl-create",
  "kubectl-edit",
  "kubectl-label",
  "kubectl-last-applied",
  "kubectl-patch",
  "kubectl-replace",
  "before-first-apply",
]);

/** Who set something in the CRD's spec last, other than the manager that is asked for. */
export function lastManagerOf({ metadata }: Crd, except: string): string | undefined {
  const others = (metadata.managedFields ?? []).filter(
    ({ manager, subresource, fieldsV1 }) => manager !== except && !subresource && fieldsV1?.["f:spec"] !== undefined,
  );
  return others.sort((a, b) => (a.time ?? "").localeCompare(b.time ?? "")).at(-1)?.manager;
}
