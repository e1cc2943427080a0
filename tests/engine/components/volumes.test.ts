import assert from "node:assert/strict";
import { CoreV1Api, StorageV1Api } from "@kubernetes/client-node";
import { kubeConfig, type TestNamespace } from "../../support/cluster.ts";
import type { Rig } from "../../support/rig.ts";
import { stageForEach } from "../../support/stage.ts";
import { componentJob, componentProgram } from "../programs.ts";

describe("a volume of a class that binds it when a pod first wants it", () => {
  const storage = kubeConfig().makeApiClient(StorageV1Api);
  let namespace: TestNamespace;
  let rig: Rig;

  stageForEach("volumes", withVolume, (stage) => {
    ({ namespace, rig } = stage);
  });

  beforeEach(async () => {
    const metadata = { name: namespace.name };
    const provisioner = "kubernetes.io/no-provisioner";
    await storage.createStorageClass({ body: { metadata, provisioner, volumeBindingMode: "WaitForFirstConsumer" } });
  });

  afterEach(() => storage.deleteStorageClass({ name: namespace.name }));

  it("does not hold up the job that will want it; that its pods must be on one node is said", async () => {
    const run = await rig.up();
    assert(run.succeeded, run.text);
    const claims = await kubeConfig()
      .makeApiClient(CoreV1Api)
      .listNamespacedPersistentVolumeClaim({ namespace: namespace.name });
    const [claim, ...others] = claims.items;
    assert.deepEqual(others, []);
    assert.equal(claim?.status?.phase, "Pending");
    const [job] = await namespace.rayJobs();
    assert(JSON.stringify(job?.spec).includes(`"claimName":"${claim.metadata?.name}"`));
    const warnings = run.diagnostics.filter(({ severity }) => severity === "warning");
    assert.match(warnings.map(({ message }) => message).join(), /^The volume "data" is ReadWriteOnce: .*"train"/);
  });
});

function withVolume(namespace: string) {
  const job = componentJob({ waitFor: "none" });
  const worker = { ...job.rayClusterSpec.headGroupSpec, groupName: "small", replicas: 1 };
  const train = { ...job, rayClusterSpec: { ...job.rayClusterSpec, workerGroupSpecs: [worker] } };
  const program = componentProgram(namespace, { train });
  const volumes = { data: { mountPath: "/data", size: "1Gi", storageClassName: namespace } };
  const { it } = program.resources;
  return { resources: { it: { ...it, properties: { ...it.properties, volumes } } } };
}
