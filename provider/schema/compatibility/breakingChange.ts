/** Something that a program or a state relies on, and that is no longer so. */
export interface BreakingChange {
  /** `RayJob takes entrypoint`, `Mount.readOnly`, `WaitFor=complete`. */
  readonly at: string;
  readonly what: string;
}
