import { serve } from "../../../../provider/server/serve.ts";
import { configuration } from "./configuration.ts";
import { kinds, tokenOf } from "./kinds.ts";
import { schemaText } from "./schema.ts";
import { version } from "./version.ts";

/**
 * Stands in for Pulumi's official plug-in `kubernetes`, which cannot be had offline: a test fixture, never shipped. It
 * knows the types of `kinds.ts` and the Helm chart, and acts on a real API server.
 */
void serve(
  {
    version,
    schema: async () => schemaText(),
    configuration,
    resources: Object.fromEntries(
      kinds.map((kind) => [tokenOf(kind), async () => (await import("./resource/resource.ts")).resourceOf(kind)]),
    ),
    components: { "kubernetes:helm.sh/v4:Chart": async () => (await import("./chart/chart.ts")).constructChart },
  },
  process.argv.slice(2),
);
