/** Whether a name is a DNS label, which Kubernetes asks of volumes, containers and policies alike (RFC 1123). */
export function isDnsLabel(name: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
}

export const dnsLabelHint = "Use at most 63 lower-case letters, digits and dashes, with no dash first or last";
