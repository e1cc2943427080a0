/** An argument that cannot be meant, as the SDK's InputPropertiesError takes it. */
export interface Problem {
  readonly propertyPath: string;
  readonly reason: string;
}
