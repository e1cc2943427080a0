import type { CustomResource } from "../../server/customResource.ts";
import { check } from "./check.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { diff } from "./diff.ts";
import { read } from "./read.ts";
import { update } from "./update.ts";

/** `rayjob:index:KubeRayCrds`: KubeRay's CRDs at one version. */
export const kubeRayCrds: CustomResource = { check, diff, create, read, update, delete: remove };
