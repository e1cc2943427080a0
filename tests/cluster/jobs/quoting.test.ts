import assert from "node:assert/strict";
import { connect } from "../../../provider/kube/connection/connect.ts";
import { driverLogTail } from "../../../provider/kube/logs/driverLogTail.ts";
import type { TestNamespace } from "../../support/cluster.ts";
import type { Program, Rig } from "../../support/rig.ts";
import { stageForAll } from "../../support/stage.ts";
import { headOnly, smallJob } from "./programs.ts";

// Whatever KubeRay, Go, Kubernetes, two shells and JSON have an opinion about on a text's way to Ray.
const texts = [
  "plain",
  "two  spaces, a\ttab",
  "'single' \"double\" \\back\\\\slashes\\",
  "$NO_SUCH_VARIABLE $(echo substituted) `echo substituted` $$",
  "$(RAY_DASHBOARD_ADDRESS) $(RAY_JOB_SUBMISSION_ID)",
  "; exit 1 && false || false | cat & # no comment",
  "two\nlines",
  "ü 漢 \u{1f600} \u{1faea} \u00a0\u200b",
  "<>&*?[a]{b,c}~!%s%%",
  '{"json": "inside"}',
  "",
];

for (const submissionMode of ["K8sJobMode", "SidecarMode", "HTTPMode"]) {
  describe(`what a job is given in ${submissionMode}`, () => {
    let namespace: TestNamespace;
    let rig: Rig;

    stageForAll("quoting", programIn, (stage) => {
      ({ namespace, rig } = stage);
    });

    it("comes to it as it was written: arguments, variables, metadata, and a script for a shell", async () => {
      const run = await rig.up();
      assert(run.succeeded, `${run.text}\n${await namespace.describe()}`);
      const [rayJob] = await namespace.rayJobs();
      assert(rayJob);
      const lines = await driverLogTail(await connect(), rayJob, 50);
      const got = lines?.find((line) => line.startsWith("got "))?.slice("got ".length) ?? `nothing in ${lines}`;
      const { args, variables, metadata } = JSON.parse(got);
      assert.deepEqual(args, texts);
      assert.deepEqual(variables, texts);
      assert.deepEqual(metadata, texts);
      assert(lines?.includes("2 and /"), lines?.join("\n"));
    });

    function programIn(name: string): Program {
      const envVars = Object.fromEntries(texts.map((text, index) => [`TEXT_${index}`, inPulumiYaml(text)]));
      const metadata = Object.fromEntries(texts.map((text, index) => [`text-${index}`, inPulumiYaml(text)]));
      const runtimeEnv = { envVars };
      const rayClusterSpec = { rayVersion: "2.9.0", ...headOnly() };
      // KubeRay 1.6 waits in vain for a head whose submitter has ended before the head was ready.
      const command = submissionMode === "SidecarMode" ? `${entrypoint} && sleep 20` : entrypoint;
      const properties = { entrypoint: inPulumiYaml(command), submissionMode, runtimeEnv, metadata, rayClusterSpec };
      return { resources: { train: smallJob(name, properties) } };
    }
  });
}

const script = `import json, os, sys
given = json.loads(os.environ["RAY_JOB_CONFIG_JSON_ENV_VAR"])
count = len(sys.argv) - 1
print("got " + json.dumps({
    "args": sys.argv[1:],
    "variables": [os.environ["TEXT_%d" % n] for n in range(count)],
    "metadata": [given["metadata"]["text-%d" % n] for n in range(count)],
}))`;
const entrypoint = `python -c ${quoted(script)} ${texts.map(quoted).join(" ")} && cd / && echo "$((1 + 1)) and $(pwd)"`;

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Pulumi's YAML has interpolations of its own. */
function inPulumiYaml(text: string): string {
  return text.replaceAll("$", "$$$$");
}
