/** An object of KubeRay's that gets a type of its own in the schema. What fields it has, and what they take, its CRDs say. */
export interface KubeRayObject {
  readonly name: string;
  /** Where it is found in a RayJob's spec; `[]` is an element of a list. */
  readonly at: readonly string[];
  readonly description: string;
  /** What each field is. Since which version there is one is added. */
  readonly fields: Readonly<Record<string, string>>;
  /** What to use instead of fields that KubeRay gives up. */
  readonly deprecated?: Readonly<Record<string, string>>;
}
