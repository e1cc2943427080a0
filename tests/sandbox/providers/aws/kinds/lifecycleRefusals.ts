import type { CheckFailure } from "../../../../../provider/server/customResource.ts";
import type { PropertyPath } from "../../../../../provider/values/path.ts";
import { isList, isPropertyMap, type PropertyMap, UNKNOWN } from "../../../../../provider/values/value.ts";

/** Lifecycle rules that S3 refuses; what stands in for it in the tests takes some of them. */
export function lifecycleRefusalsOf({ rules }: PropertyMap): CheckFailure[] {
  if (!isList(rules)) return [];
  return rules.flatMap((rule, index) => (isPropertyMap(rule) ? ofRule(rule, ["rules", index]) : []));
}

function ofRule(rule: PropertyMap, path: PropertyPath): CheckFailure[] {
  const { status, filter, expiration, noncurrentVersionExpiration: old, abortIncompleteMultipartUpload: abort } = rule;
  const failures: [boolean, string, string][] = [
    [typeof status === "string" && !["Enabled", "Disabled"].includes(status), "status", "Must be Enabled or Disabled"],
    [[expiration, old, abort].every((action) => action === undefined), "id", "The rule does nothing"],
    [filter === undefined, "filter", "A rule for all objects has an empty filter"],
    [abort !== undefined && hasTags(filter), "abortIncompleteMultipartUpload", "Not in a rule that filters by tags"],
    [expiresNothing(expiration), "expiration", "Must have days, or expiredObjectDeleteMarker, and not both"],
    [marks(expiration) && hasTags(filter), "expiration", "No delete markers in a rule that filters by tags"],
    [!marks(expiration) && isBelowOne(expiration, "days"), "expiration", "Must be one day or more"],
    [isBelowOne(old, "noncurrentDays"), "noncurrentVersionExpiration", "Must be one day or more"],
    [isBelowOne(abort, "daysAfterInitiation"), "abortIncompleteMultipartUpload", "Must be one day or more"],
  ];
  return failures.filter(([isBroken]) => isBroken).map(([, name, reason]) => ({ path: [...path, name], reason }));
}

function hasTags(filter: PropertyMap[string]): boolean {
  if (!isPropertyMap(filter)) return false;
  return filter.tag !== undefined || (isPropertyMap(filter.and) && filter.and.tags !== undefined);
}

function expiresNothing(expiration: PropertyMap[string]): boolean {
  if (!isPropertyMap(expiration)) return false;
  return (expiration.days === undefined) === (expiration.expiredObjectDeleteMarker === undefined);
}

function marks(expiration: PropertyMap[string]): boolean {
  return isPropertyMap(expiration) && expiration.expiredObjectDeleteMarker !== undefined;
}

function isBelowOne(action: PropertyMap[string], name: string): boolean {
  if (!isPropertyMap(action)) return false;
  const days = action[name];
  return days !== UNKNOWN && !(typeof days === "number" && days >= 1);
}
