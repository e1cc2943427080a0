import { loadavg } from "node:os";
import { print } from "./comparison.ts";
import { measurePreview } from "./preview.ts";
import { measureRequests } from "./requests.ts";
import { measureStartup } from "./startup.ts";
import { measureVerdict } from "./verdict.ts";

// All that is measured, in one run: ratios on one machine mean something, milliseconds only beside each other. Each of these
// files can also be run alone. All but the first need the sandbox and its environment.

const comparisons = [];
for (const measure of [measureStartup, measureVerdict, measureRequests, measurePreview])
  comparisons.push(...(await measure()));
print(comparisons);
console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`);
