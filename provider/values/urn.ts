/** The name of the resource in the program, which may hold anything: urn:pulumi:stack::project::parent:type$own:type::name */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The URN of the resource of this type and name that has the same parent. */
export function siblingOf(urn: string, type: string, name: string): string {
  const [stack = "", project = "", types = ""] = urn.split("::");
  return [stack, project, [...types.split("$").slice(0, -1), type].join("$"), name].join("::");
}

/** The type of the resource. */
export function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
