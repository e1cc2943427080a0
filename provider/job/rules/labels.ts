/** Whether Kubernetes takes the text as the key of a label or of an annotation: a name, and a domain before it if wanted. */
export function isLabelKey(key: string): boolean {
  const [name = "", domain, ...others] = key.split("/").reverse();
  return others.length === 0 && isName(name) && (domain === undefined || isDomain(domain));
}

export function isLabelValue(value: string): boolean {
  return value === "" || isName(value);
}

export const labelHint =
  "Use at most 63 letters, digits, dashes, underscores and dots, with a letter or digit first and last";
export const labelKeyHint = `${labelHint}, and before them a domain and a slash if wanted`;

function isName(name: string): boolean {
  return name.length <= 63 && /^[a-z0-9]([-\w.]*[a-z0-9])?$/i.test(name);
}

function isDomain(domain: string): boolean {
  return domain.length <= 253 && domain.split(".").every((part) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(part));
}
