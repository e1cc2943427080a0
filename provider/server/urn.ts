/** The name of the resource in the program, which may hold anything: urn:pulumi:stack::project::parent:type$own:type::name */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The type of the resource. */
export function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
