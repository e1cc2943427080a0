import type { PropertyPath } from "../../../../provider/values/path.ts";
import type { Value } from "../../../../provider/values/value.ts";

/** Somewhere in a job, and what may be said there. */
export type Place = readonly [path: PropertyPath, ...values: Value[]];
