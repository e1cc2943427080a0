import type { CustomResource } from "../../../../../provider/server/customResource.ts";
import type { Kind } from "../kinds.ts";
import { check } from "./check.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { diff } from "./diff.ts";
import { read } from "./read.ts";
import { update } from "./update.ts";

/** One kind of Kubernetes objects as a resource: they all behave alike, the table of kinds says where they differ. */
export function resourceOf(kind: Kind): CustomResource {
  return {
    check: async (request) => check(kind, request),
    diff: async (request) => diff(kind, request),
    create: (request, context) => create(kind, request, context),
    read: (request, context) => read(kind, request, context),
    update: (request, context) => update(kind, request, context),
    delete: (request, context) => remove(kind, request, context),
  };
}
