import { type StoredCode, storedCodeOf } from "../../job/storedCode.ts";
import { unlessAborted } from "../../kube/connection/unlessAborted.ts";
import { isPackageUri } from "../../packaging/listing.ts";
import type { Context } from "../../server/customResource.ts";
import { objectExists } from "../../storage/objectExists.ts";
import type { PropertyMap } from "../../values/value.ts";
import { storageOf } from "../storage.ts";

/**
 * Refuses a job whose code is not in its bucket: the pods would find out minutes later. Where it cannot be told, for want of
 * rights, of an answer or of credentials, the pods may know better.
 */
export async function requireCode(inputs: PropertyMap, context: Context): Promise<void> {
  const codes = storedCodeOf(inputs);
  if (codes.length === 0) return;
  // Without credentials, a machine that is none of AWS's looks for them for a second or two.
  const limited = AbortSignal.any([context.signal, AbortSignal.timeout(patienceMs)]);
  const missing = await Promise.all(codes.map((code) => isMissing(code, context, limited)));
  context.signal.throwIfAborted();
  const [first] = codes.filter((_, index) => missing[index]);
  if (first !== undefined) throw new Error(missingCode(first));
}

async function isMissing({ bucket, key }: StoredCode, context: Context, signal: AbortSignal): Promise<boolean> {
  const looking = storageOf(context).then((storage) => objectExists(storage, { bucket, key }, signal));
  return unlessAborted(looking, signal).then(
    (exists) => !exists,
    () => false,
  );
}

/** What is said of it. */
export function missingCode({ property, uri }: StoredCode): string {
  const hint = isPackageUri(uri)
    ? "If a WorkingDir of this stack has stored it, `pulumi refresh` and then `pulumi up` store it again; else correct the URI"
    : "Upload it, or correct the URI";
  return (
    `Cannot submit the job: there is no ${uri}, which its "${property}" names. ${hint}; where the pods read from another S3 ` +
    "server, set the provider's `endpoint` to that"
  );
}

const patienceMs = 5_000;
