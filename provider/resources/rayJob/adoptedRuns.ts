import type { Connection } from "../../kube/connection/connect.ts";

/**
 * The runs that creates of this process have adopted. Pulumi creates some replacements without a word of what they replace,
 * and deletes that last; where a killed deployment has left the label on the old run, it is the new one by then.
 */
class AdoptedRuns {
  readonly #runs = new Set<string>();

  add(connection: Connection, uid: string): void {
    this.#runs.add(runOf(connection, uid));
  }

  /** Whether the run is one of these; once, because the next deletion of it is meant. */
  release(connection: Connection, uid: string): boolean {
    return this.#runs.delete(runOf(connection, uid));
  }
}

export const adoptedRuns = new AdoptedRuns();

function runOf({ server }: Connection, uid: string): string {
  return `${server} ${uid}`;
}
