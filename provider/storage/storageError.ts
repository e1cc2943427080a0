export type StorageErrorKind =
  | "missingObject"
  | "missingBucket"
  | "denied"
  | "credentials"
  | "expired"
  | "region"
  /** Its certificate is by an authority that is not known. */
  | "untrusted"
  /** This machine's clock is wrong. */
  | "clock"
  | "unreachable"
  | "busy"
  /** The request was conditional, and the object is there. */
  | "exists"
  /** What has arrived is not what was sent. */
  | "damaged"
  /** Somebody else was writing the same object. */
  | "conflict"
  /** The server does not know what it was asked for. */
  | "unsupported"
  | "other";

/** Why something with an object could not be done. The message names the object and never holds a credential. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly kind: StorageErrorKind;

  constructor(kind: StorageErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

export function isStorageError(error: unknown, ...kinds: StorageErrorKind[]): error is StorageError {
  return error instanceof StorageError && (kinds.length === 0 || kinds.includes(error.kind));
}
