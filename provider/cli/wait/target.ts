/** Which RayJob is meant; without a namespace the one in that of the kubeconfig's context. */
export interface Target {
  readonly namespace?: string;
  readonly name: string;
}

export const targetGrammar = "NAMESPACE/NAME, or NAME alone";

/** The RayJob that a text names, also as messages name it: `RayJob/ml/train`. Undefined for a text that names none. */
export function targetOf(text: string): Target | undefined {
  const parts = text.split("/");
  if (parts.length === 3 && parts[0]?.toLowerCase() === "rayjob") parts.shift();
  if (parts.length > 2 || !parts.every((part) => word.test(part))) return undefined;
  const [first = "", second] = parts;
  return second === undefined ? { name: first } : { namespace: first, name: second };
}

// What Kubernetes takes for the name of an object.
const word = /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/;

/** The target in its namespace: its own, else the one that is given beside it, else the context's. Undefined for two that differ. */
export function placed(
  { namespace: own, name }: Target,
  given: string | undefined,
  ofContext: string | undefined,
): Required<Target> | undefined {
  if (own !== undefined && given !== undefined && own !== given) return undefined;
  return { namespace: own ?? given ?? ofContext ?? "default", name };
}
