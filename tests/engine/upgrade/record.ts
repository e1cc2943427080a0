import { chmod, cp, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { CoreV1Api } from "@kubernetes/client-node";
import { TestAws } from "../../support/aws.ts";
import { kubeConfig } from "../../support/cluster.ts";
import { newRig } from "../../support/rig.ts";
import { recordingOf } from "./recording.ts";

// Records the state of an earlier commit, on the sandbox, with the plug-in that was built in a checkout of it:
//   node tests/engine/upgrade/record.ts COMMIT CHECKOUT
// COMMIT/program.yaml and its code come first; the namespace in it is `upgrade-COMMIT`, the bucket `upgrade-code`.

const [commit = "", checkout = ""] = process.argv.slice(2);
const { folder, program } = await recordingOf(commit);
const core = kubeConfig().makeApiClient(CoreV1Api);
const aws = await TestAws.start();
const rig = await newRig(program, aws.environment());
try {
  await core.createNamespace({ body: { metadata: { name: `upgrade-${commit}` } } });
  await aws.s3.send(new CreateBucketCommand({ Bucket: "upgrade-code" }));
  await cp(join(folder, "job"), join(rig.folder, "job"), { recursive: true });
  const plugin = join(rig.folder, "plugin", "pulumi-resource-rayjob");
  await writeFile(
    plugin,
    `#!/bin/sh\nexec '${process.execPath}' '${resolve(checkout, "bin/provider/index.js")}' "$@"\n`,
  );
  await chmod(plugin, 0o755);
  const run = await rig.up();
  if (!run.succeeded) throw new Error(run.text);
  await writeFile(join(folder, "state.json"), textOf(await rig.stack.exportStack()));
} finally {
  await rig.destroy();
  await core.deleteNamespace({ name: `upgrade-${commit}` });
  await rig.dispose();
  await aws.dispose();
}

/** Without the places of this machine, and as if it were of a cluster that nobody has any more. */
function textOf(deployment: object): string {
  const kept = (name: string, value: unknown) => {
    if (name === "sourcePosition" || name === "stackTrace") return undefined;
    return name === "clusterUid" ? "00000000-0000-4000-8000-000000000000" : value;
  };
  return `${JSON.stringify(deployment, kept, 2)}\n`;
}
