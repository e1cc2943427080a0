import { isOnByDefault } from "../../crds/featureGates.ts";
import { apartFrom } from "../../findings/apart.ts";
import type { Finding } from "../../findings/finding.ts";
import { shapeFindings } from "../../findings/shape.ts";
import { isPropertyMap, mapOf, type PropertyMap, withoutNulls } from "../../values/value.ts";
import { type Judgement, manifestFindings } from "../manifestFindings.ts";
import { apiVersionFindings, nameFindings } from "../manifestIdentity.ts";
import { isOlder } from "../rules/version.ts";
import { cronJobSchema } from "../spec/shape.ts";
import { maxCronJobNameLength, writtenNameFindings } from "./name.ts";
import { scheduleFindings } from "./schedule.ts";
import { timeZoneFindings } from "./timeZone.ts";

/** Everything that is wrong with a RayCronJob, and with the RayJob that it makes. */
export function cronJobFindings(object: PropertyMap, judgement: Judgement): Finding[] {
  const said = withoutNulls(object);
  const [metadata, spec] = [mapOf(said.metadata), mapOf(said.spec)];
  const { version = "" } = judgement;
  const misshapen = shapeFindings(said, cronJobSchema, "RayCronJob");
  const own = [
    ...writtenNameFindings(metadata, version),
    ...scheduleFindings(spec.schedule, version),
    ...timeZoneFindings(spec.timeZone, version),
  ];
  return [
    ...apiVersionFindings(said, ["ray.io/v1"]),
    ...kindFindings(judgement),
    ...nameFindings(metadata, "RayCronJob", maxCronJobNameLength(version)),
    ...misshapen,
    ...apartFrom(misshapen, [...own, ...templateFindings(spec, judgement)]),
  ];
}

/** Whether KubeRay does anything with a RayCronJob, if it is known what it has. */
function kindFindings({ version = "", featureGates = {} }: Judgement): Finding[] {
  const at = { severity: "error", path: ["kind"] } as const;
  if (isOlder(version, "1.6.0") === true) {
    const problem = `KubeRay ${version} has no RayCronJob`;
    return [{ code: "RJ004", ...at, problem, hint: "Install KubeRay 1.6 or newer, or drop it" }];
  }
  const isOn = featureGates.RayCronJob ?? (version === "" || isOnByDefault("RayCronJob", version));
  if (isOn) return [];
  const problem = "KubeRay disregards this as long as its feature gate RayCronJob is off";
  return [{ code: "RJ443", ...at, problem, hint: "Drop it, or switch the gate on and say so with --feature-gates" }];
}

/** KubeRay names the RayJobs itself. */
function templateFindings({ jobTemplate }: PropertyMap, judgement: Judgement): Finding[] {
  if (!isPropertyMap(jobTemplate)) return [];
  const metadata = { generateName: "a-" };
  const rayJob: PropertyMap = { apiVersion: "ray.io/v1", kind: "RayJob", metadata, spec: jobTemplate };
  return manifestFindings(rayJob, judgement).map((finding) => {
    const [first = "", ...rest] = finding.path;
    return { ...finding, path: [first, ...(first === "spec" ? ["jobTemplate"] : []), ...rest] };
  });
}
