import type { PackagedFile } from "../package.ts";

/** Whether a file is one for secrets, by where tools keep theirs. */
export function isSecretByName(path: string): boolean {
  const name = path.split("/").at(-1) ?? "";
  return names.some((pattern) => pattern.test(name)) || places.some((place) => `/${path}`.endsWith(place));
}

/** Whether a file could hold a key, so that its start is worth reading: few do, and keys are small. */
export function mayHoldKey({ path, size }: PackagedFile): boolean {
  const name = path.split("/").at(-1) ?? "";
  return size >= shortestKey && size <= longestKey && (!name.includes(".") || keyFile.test(name));
}

/** Whether a file begins with a private key, or is the JSON of a Google service account. */
export function holdsKey(start: Buffer): boolean {
  const text = start.toString("latin1");
  return /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----/.test(text) || /"private_key"\s*:\s*"-----BEGIN/.test(text);
}

const names: readonly RegExp[] = [
  /^\.env$/,
  /^\.env\.(?!(example|sample|template|dist|defaults?)$)/,
  /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
  /^\.(netrc|pypirc|pgpass|git-credentials|htpasswd)$/,
  /^_netrc$/,
  /^(kubeconfig|kubeconfig\.ya?ml|.*\.kubeconfig)$/,
  /\.(p12|pfx|ppk)$/i,
  /^credentials\.json$/,
];

const places = ["/.aws/credentials", "/.kube/config", "/.docker/config.json"];

const keyFile = /\.(pem|key|json|txt|asc|gpg)$/i;
const shortestKey = 64;
const longestKey = 1 << 14;
