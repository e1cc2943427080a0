import { configuration } from "./configuration.ts";
import { schemaText } from "./schema/packageSchema.ts";
import { serve } from "./server/serve.ts";
import { version } from "./version.ts";

/** The plug-in: Pulumi starts this file once for each provider instance and speaks gRPC with it. */
void serve(
  {
    version,
    schema: schemaText,
    configuration,
    resources: {
      "rayjob:index:RayJob": async () => (await import("./resources/rayJob/rayJob.ts")).rayJob,
      "rayjob:index:RayJobCleanup": async () =>
        (await import("./resources/rayJobCleanup/rayJobCleanup.ts")).rayJobCleanup,
      "rayjob:index:KubeRayCrds": async () => (await import("./resources/kubeRayCrds/kubeRayCrds.ts")).kubeRayCrds,
      "rayjob:index:WorkingDir": async () => (await import("./resources/workingDir/workingDir.ts")).workingDir,
    },
    components: {
      "rayjob:index:RayJobComponent": async () =>
        (await import("./components/rayJobComponent.ts")).constructRayJobComponent,
      "rayjob:index:KubeRayOperator": async () =>
        (await import("./components/kubeRayOperator.ts")).constructKubeRayOperator,
      "rayjob:index:WorkingDirBucket": async () =>
        (await import("./components/workingDirBucket.ts")).constructWorkingDirBucket,
    },
  },
  process.argv.slice(2),
);
