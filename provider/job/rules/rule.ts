import type { Code, Finding } from "../../findings/finding.ts";
import type { PropertyPath } from "../../values/path.ts";
import type { PropertyMap } from "../../values/value.ts";
import type { Place } from "./place.ts";

/**
 * One thing that is refused, with its evidence. Rules read the arguments with this package's defaults filled in. The
 * examples are laid over a small valid job; null takes an argument away.
 */
export interface Rule {
  readonly code: Code;
  /** What the rule is against, and which rule of KubeRay, Kubernetes or Ray it foresees. */
  readonly refuses: string;
  /** `error` unless said otherwise. */
  readonly severity?: Finding["severity"];
  /** The places that are judged one by one; the whole job unless said otherwise. */
  readonly each?: (job: Place) => readonly Place[];
  /** Where the finding is shown, seen from the judged place. */
  readonly path: PropertyPath;
  readonly broken: (judged: Place, job: Place) => boolean;
  readonly problem: string | ((judged: Place, job: Place) => string);
  readonly hint: string | ((judged: Place, job: Place) => string);
  readonly refused: PropertyMap;
  readonly accepted: PropertyMap;
}
