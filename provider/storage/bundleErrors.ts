import { StorageError } from "./storageError.ts";

// What is wrong with the certificates that a server is to be vouched for by; `source` is where they were said.

export function noBundle(source: string, path: string): StorageError {
  return unusable(source, `there is no file ${path}`);
}

export function unreadableBundle(source: string, said: string): StorageError {
  return unusable(source, said);
}

export function noCertificate(source: string, path: string | undefined): StorageError {
  return unusable(source, `there is no certificate${inside(path)}`);
}

/** `number` counts from 1. */
export function damagedCertificate(source: string, number: number, count: number, path: string | undefined) {
  return unusable(source, `certificate ${number} of ${count}${inside(path)} is damaged`);
}

function inside(path: string | undefined): string {
  return path === undefined ? "" : ` in ${path}`;
}

function unusable(source: string, why: string): StorageError {
  const hint =
    "Set it to the path, or the PEM text, of the certificates of the authority that vouches for the S3 server";
  return new StorageError("untrusted", `Cannot use ${source}: ${why}. ${hint}`);
}
