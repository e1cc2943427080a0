/** A place inside a resource's properties: property names and list positions, outermost first. */
export type PropertyPath = readonly (string | number)[];

/** The path as Pulumi writes it: `rayClusterSpec.workerGroupSpecs[0].replicas`, `labels["example.com/team"]`. */
export function formatPath(path: PropertyPath): string {
  return path.map(formatElement).join("");
}

function formatElement(element: string | number, index: number): string {
  if (typeof element === "number") return `[${element}]`;
  if (/^[A-Za-z_$][\w$-]*$/.test(element)) return index === 0 ? element : `.${element}`;
  return `[${JSON.stringify(element)}]`;
}
