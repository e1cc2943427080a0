import { loadavg } from "node:os";
import { print } from "./comparison.ts";
import { measurePackaging } from "./packaging.ts";
import { measurePreview } from "./preview.ts";
import { measureQuickstart } from "./quickstart.ts";
import { measureRequests } from "./requests.ts";
import { measureStartup } from "./startup.ts";
import { measureValidation } from "./validation.ts";
import { measureVerdict } from "./verdict.ts";

// All that is measured, in one run: ratios on one machine mean something, milliseconds only beside each other. Each of these
// files can also be run alone. All but the start-up and the validation need the sandbox and its environment; packaging only the Ray that
// `make build` installs beside it, and the start-up the CRDs and npm.

const comparisons = [];
for (const measure of [
  measureStartup,
  measureValidation,
  measurePackaging,
  measureVerdict,
  measureRequests,
  measurePreview,
  measureQuickstart,
])
  comparisons.push(...(await measure()));
print(comparisons);
console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`);
