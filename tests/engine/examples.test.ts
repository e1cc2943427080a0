import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { parse } from "yaml";
import { cacheFolder } from "../support/cacheFolder.ts";
import { EmptyApiServer } from "../support/emptyApiServer.ts";
import { newRig, type Program, type Rig } from "../support/rig.ts";

const root = resolve(import.meta.dirname, "../..");
const examples = join(root, "provider/schema/examples");
const programs = globSync(join(examples, "*/*/Pulumi.yaml"));

/** What the examples refer to on this machine. */
const files: Readonly<Record<string, string>> = {
  "train-job/train.py": "print(1)\n",
  "train-job/requirements.txt": "xgboost\n",
  "requirements.txt": "xgboost\n",
};

/** The chart of the sandbox, since there is no internet. */
const chart = { path: join(cacheFolder(), "charts", "kuberay-operator-1.6.2.tgz") };

describe("the examples in the documentation of the resources", () => {
  let server: EmptyApiServer;
  let rig: Rig;

  before(async function () {
    this.timeout(120_000);
    server = await EmptyApiServer.start();
    // Nothing of a preview is asked of AWS.
    const account = { AWS_ACCESS_KEY_ID: "nobody", AWS_SECRET_ACCESS_KEY: "nothing", AWS_REGION: "eu-central-1" };
    rig = await newRig({ resources: {} }, { ...account, KUBECONFIG: server.kubeconfig });
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(rig.folder, path)), { recursive: true });
      await writeFile(join(rig.folder, path), content);
    }
  });

  after(async () => {
    await rig?.dispose();
    await server?.dispose();
  });

  it("are programs that a preview takes", async () => {
    const resources = Object.assign({}, ...(await Promise.all(programs.map(resourcesOf))));
    await rig.write({ resources });
    const preview = await rig.preview();
    assert(preview.succeeded, preview.text);
    assert.deepEqual(
      preview.diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
    for (const name of Object.keys(resources))
      assert(
        preview.steps.some((step) => step.name === name),
        name,
      );
    assert(programs.length > 10, `${programs.length}`);
  });
});

/** The resources of a program, each with the name of the example in its own, so that all can be in one program. */
async function resourcesOf(file: string): Promise<Program["resources"]> {
  const example = relative(examples, dirname(file)).replace("/", "-").toLowerCase();
  const { resources } = parse(await readFile(file, "utf8")) as Program;
  const names = Object.keys(resources);
  const renamed = JSON.stringify(resources).replaceAll(/\$\{(\w+)/g, (reference, name) =>
    names.includes(name) ? `\${${example}-${name}` : reference,
  );
  const entries = Object.entries(onHand(JSON.parse(renamed)));
  return Object.fromEntries(entries.map(([name, resource]) => [`${example}-${name}`, resource]));
}

/** With what else they would look for in the internet. */
function onHand(resources: Program["resources"]): Program["resources"] {
  const entries = Object.entries(resources).map(([name, resource]) => {
    const { type, properties } = resource as { readonly type: string; readonly properties: Record<string, unknown> };
    if (type === "rayjob:KubeRayOperator") return [name, { type, properties: { ...properties, chart } }];
    if (type !== "rayjob:RayJobComponent") return [name, resource];
    const operator = { chart, ...(properties.operator as object | undefined) };
    return [name, { type, properties: { ...properties, operator } }];
  });
  return Object.fromEntries(entries);
}
