import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { StorageConfiguration } from "./storageConfiguration.ts";
import { StorageError } from "./storageError.ts";

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
    throw unusable(source, error.code === "ENOENT" ? `there is no file ${path}` : error.message);
  });
  return checked(text, source, ` in ${path}`);
}

/** TLS would leave out, without a word, what is no certificate. */
function checked(text: string, source: string, place = ""): string {
  const certificates = text.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
  if (certificates.length === 0) throw unusable(source, `there is no certificate${place}`);
  for (const [index, certificate] of certificates.entries()) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw unusable(source, `certificate ${index + 1} of ${certificates.length}${place} is damaged`);
    }
  }
  return text;
}

function unusable(source: string, reason: string): StorageError {
  const hint =
    "Set it to the path, or the PEM text, of the certificates of the authority that vouches for the S3 server";
  return new StorageError("untrusted", `Cannot use ${source}: ${reason}. ${hint}`);
}
