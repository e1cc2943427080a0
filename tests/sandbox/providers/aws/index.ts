import { serve } from "../../../../provider/server/serve.ts";
import { configuration } from "./configuration.ts";
import { schema } from "./schema.ts";

/**
 * Stands in for Pulumi's `aws` plug-in where that cannot be downloaded: a test fixture, never shipped. It has just the
 * resource types that this project's components create, and makes them through the real S3 and IAM protocols.
 */
void serve(
  {
    version: schema.version,
    schema: async () => JSON.stringify(schema),
    configuration,
    resources: Object.fromEntries(Object.keys(schema.resources).map((token) => [token, () => load(token)])),
  },
  process.argv.slice(2),
);

// The AWS clients cost start-up time, and a run that only reads the schema needs none.
async function load(token: string) {
  const [{ kinds }, { resourceOf }] = await Promise.all([import("./kinds/kinds.ts"), import("./resource.ts")]);
  return resourceOf(token, kinds[token]);
}
