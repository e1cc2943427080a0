import type { CustomResource } from "../../server/customResource.ts";
import { check } from "./check.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { diff } from "./diff.ts";
import { read } from "./read.ts";
import { update } from "./update.ts";

/** `rayjob:index:RayJobCleanup`: deletes what killed deployments have left. */
export const rayJobCleanup: CustomResource = { check, diff, create, read, update, delete: remove };
