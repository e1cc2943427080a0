import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { IdleCluster } from "../support/idleCluster.ts";
import { newRig, type Rig, surroundings } from "../support/rig.ts";
import { changesOf } from "../support/run.ts";
import { languages } from "./languages.ts";

const example = resolve(import.meta.dirname, "../../examples/quickstart");

describe("the quickstart", () => {
  let cluster: IdleCluster;

  before(async () => {
    cluster = await IdleCluster.start();
  });

  after(() => cluster.dispose());

  for (const { name, folder, program, install, compile } of languages) {
    describe(`in ${name}`, () => {
      // Nobody is there to take a namespace away, or what is in it.
      const namespace = `ml-${folder}`;
      let rig: Rig;
      let project: string;

      before(async () => {
        rig = await newRig(await programInYaml(namespace), cluster.environment);
        await cp(join(example, "train-job"), join(rig.folder, "train-job"), { recursive: true });
        project = join(rig.folder, folder);
        await cp(join(example, folder), project, { recursive: true });
        await joinStackOf(rig, project);
        await install(project);
      });

      after(() => rig.dispose());

      it("is refused by the compiler when it has a mistake", async () => {
        const { made, refused } = mistakes[folder];
        const text = await readFile(join(project, program), "utf8");
        await writeFile(join(project, program), made(text));
        await assert.rejects(compile(project), refused);
        await writeFile(join(project, program), text);
      });

      it("is compiled, runs its job, and leaves nothing to do to the one in YAML", async () => {
        const settings = { namespace, installOperator: "false", requireTls: "false" };
        const up = execute([...(await compile(project)), project, JSON.stringify(settings)], rig);
        const beforeJob = up.then(() => assert.fail("it has not waited"));
        const rayJob = await Promise.race([cluster.rayJobIn(namespace), beforeJob]);
        await cluster.succeed(rayJob);
        const outputs = JSON.parse((await up).stdout);
        assert.equal(outputs.status, "SUCCEEDED");
        assert.equal(outputs.dashboard, `http://${rayJob.metadata.name}-head-svc.${namespace}.svc.cluster.local:8265`);
        const preview = await rig.preview();
        assert(preview.succeeded, preview.text);
        assert.deepEqual(changesOf(preview), [], preview.text);
      });
    });
  }

  function execute([program = "", ...args]: readonly string[], rig: Rig) {
    const { pulumiHome, envVars } = surroundings(rig.folder, cluster.environment);
    const env = { ...process.env, ...envVars, PULUMI_HOME: pulumiHome };
    return promisify(execFile)(program, args, { env, timeout: 240_000 });
  }
});

/** The example on what is here: a cluster that has KubeRay, and an object store without TLS. */
async function programInYaml(namespace: string) {
  const { resources, outputs } = parse(await readFile(join(example, "Pulumi.yaml"), "utf8"));
  const { training } = resources;
  Object.assign(training.properties, { namespace, operator: { install: false }, bucket: { requireTls: false } });
  return { resources: { training }, outputs };
}

/** Makes of a project one whose stack is the rig's. */
async function joinStackOf(rig: Rig, project: string): Promise<void> {
  const file = join(project, "Pulumi.yaml");
  const { name, plugins } = parse(await readFile(join(rig.folder, "Pulumi.yaml"), "utf8"));
  await writeFile(file, stringify({ ...parse(await readFile(file, "utf8")), name, plugins }));
}

// mypy needs minutes to say what is wrong with an argument of a component.
const mistakes = {
  typescript: { made: misspelt, refused: /'rayStartParam' does not exist in type/ },
  python: {
    made: () => 'import pulumi_rayjob\n\npulumi_rayjob.VolumeArgs(mountPath="/output")\n',
    refused: /Unexpected keyword argument "mountPath"/,
  },
  go: { made: misspelt, refused: /unknown field rayStartParam/ },
};

function misspelt(text: string): string {
  return text.replace(/rayStartParams/i, "rayStartParam");
}
