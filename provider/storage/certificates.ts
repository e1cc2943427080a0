import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { damagedCertificate, noBundle, noCertificate, unreadableBundle } from "./bundleErrors.ts";
import type { StorageConfiguration } from "./storageConfiguration.ts";

/**
 * The certificates that a server must be vouched for by, as PEM text; undefined where it is the well-known authorities. As
 * with the AWS command line, a bundle takes their place. Throws a StorageError of kind `untrusted`.
 */
export async function certificatesOf({ customCaBundle }: StorageConfiguration): Promise<string | undefined> {
  const given = customCaBundle?.trim();
  if (given) return isText(given) ? checked(given, setting) : fromFile(given, setting);
  const path = process.env.AWS_CA_BUNDLE?.trim();
  return path ? fromFile(path, "the environment variable AWS_CA_BUNDLE") : undefined;
}

const setting = "the provider's `customCaBundle`";

function isText(given: string): boolean {
  return given.includes("-----BEGIN");
}

async function fromFile(given: string, source: string): Promise<string> {
  const path = resolve(given.startsWith("~/") ? join(homedir(), given.slice(2)) : given);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? noBundle(source, path) : unreadableBundle(source, error.message);
  });
  return checked(text, source, path);
}

/** TLS would leave out, without a word, what is no certificate. */
function checked(text: string, source: string, path?: string): string {
  const certificates = text.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
  if (certificates.length === 0) throw noCertificate(source, path);
  for (const [index, certificate] of certificates.entries()) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw damagedCertificate(source, index + 1, certificates.length, path);
    }
  }
  return text;
}
