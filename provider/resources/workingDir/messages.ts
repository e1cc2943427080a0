/** Of an import. */
export function notImportable(id: string): Error {
  return new Error(
    `Cannot import ${id}: a WorkingDir is made from its directory. Declare it with that directory: a package that is in ` +
      "the bucket already is taken as it is",
  );
}

/** The warning of a package that could not be marked as used. */
export function mayBeDeleted({ message }: Error): string {
  return `${message}. A package that somebody else marks as unused may be deleted`;
}

/** The warning of a package that could not be marked as unused. */
export function staysInBucket({ message }: Error): string {
  return `${message}. The package stays in the bucket`;
}
