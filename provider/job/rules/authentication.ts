import { clusterOf } from "./examples.ts";
import { rayVersionOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";
import { isOlder } from "./version.ts";

/** Who may talk to Ray. */
export const authenticationRules: readonly Rule[] = [
  {
    code: "RJ351",
    refuses: "tokens where Ray knows none (K20)",
    path: ["rayClusterSpec", "rayVersion"],
    broken: (job) => optionsOf(job).at("mode").text === "token" && isOlder(rayVersionOf(job), "2.52.0") !== false,
    problem: (job) =>
      rayVersionOf(job) === ""
        ? 'Cannot authenticate by token without a "rayVersion"'
        : `Cannot authenticate by token with Ray ${rayVersionOf(job)}`,
    hint: 'Set "rayVersion" to that of the image, 2.52.0 or newer',
    refused: clusterOf({ authOptions: { mode: "token" } }),
    accepted: clusterOf({ authOptions: { mode: "token" }, rayVersion: "2.52.0" }),
  },
  {
    code: "RJ352",
    // KubeRay makes the Secret and gives it to nobody: the cluster is open, and looks as if it were not.
    refuses: "authentication that is not switched on (E21)",
    path: ["rayClusterSpec", "authOptions", "mode"],
    broken: (job) => optionsOf(job).isThere && !optionsOf(job).at("mode").isThere,
    problem: 'Nobody is authenticated by "authOptions" without a "mode"',
    hint: 'Set "mode" to "token", or to "disabled"',
    refused: clusterOf({ authOptions: { secretName: "token" } }),
    accepted: clusterOf({ authOptions: { mode: "disabled" } }),
  },
];

function optionsOf(job: Place): Place {
  return job.at("rayClusterSpec", "authOptions");
}
