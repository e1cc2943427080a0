import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { aZip } from "../../support/aZip.ts";
import { Page } from "../../support/page.ts";
import { newRig, type Program, type Rig } from "../../support/rig.ts";
import type { Run } from "../../support/run.ts";
import {
  type Example,
  examplesIn,
  onHand,
  operatorOf,
  type Resource,
  resourcesOf,
  soleResourceOf,
} from "./pageExamples.ts";

/** The examples of the others go into the component that the first one has. */
const paths = [
  "docs/code-and-data.md",
  "docs/bring-your-own.md",
  "docs/gpus-and-queues.md",
  "docs/how-it-behaves.md",
  "docs/images-and-secrets.md",
  "docs/kuberay-versions.md",
  "docs/parts.md",
  "README.md",
];

/** What the examples refer to on this machine. */
const files: Readonly<Record<string, string | Buffer>> = {
  "train-job/train.py": "print(1)\n",
  "train-job/requirements.txt": "xgboost\nnumpy==1.26.4\n",
  "train-job/environment.yml": "dependencies: [python=3.11, pip: [xgboost]]\n",
  "dist/train-job.zip": aZip("train.py"),
  "dist/model-1.0-py3-none-any.whl": aZip("model/__init__.py"),
  "train.py": "print(1)\n",
  "lib/loss.py": "",
  "libs/tools/__init__.py": "",
};

describe("the pages' examples", () => {
  let rig: Rig;
  let examples: readonly Example[];

  before(async () => {
    const all = (await Promise.all(paths.map(Page.read))).flatMap(examplesIn);
    // Those of operators are in operators.test.ts: this cluster has one.
    examples = all.filter((example) => operatorOf(example) === undefined);
    // Nothing of a preview is asked of AWS.
    const account = { AWS_ACCESS_KEY_ID: "nobody", AWS_SECRET_ACCESS_KEY: "nothing", AWS_REGION: "eu-central-1" };
    rig = await newRig(programOf([]), account);
    await rig.stack.setConfig("token", { value: "hush", secret: true });
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(rig.folder, path)), { recursive: true });
      await writeFile(join(rig.folder, path), content);
    }
  });

  after(() => rig.dispose());

  it("are what a preview takes, without a warning, one and all", async () => {
    const shown = examples.filter((example) => !hasPodIdentity(example));
    await rig.write(programOf(shown));
    const preview = await rig.preview();
    // The names of the resources have the pages and their lines.
    assert.deepEqual(troubleOf(preview), []);
    assert(preview.succeeded, preview.text);
    const made = preview.steps.map(({ name }) => name);
    for (const { name } of shown) {
      assert(
        made.some((each) => each.startsWith(`${name}-`)),
        name,
      );
    }
    assert(shown.length > 30, `${shown.length}`);
  });

  it("with EKS Pod Identity are what a preview takes, as far as there is AWS, with the warning that the page tells of", async () => {
    const shown = examples.filter(hasPodIdentity);
    assert.equal(shown.length, 2);
    for (const example of shown) {
      await rig.write(programOf([example]));
      const preview = await rig.preview();
      const trouble = troubleOf(preview).filter((message) => !ofStandIn.test(message));
      assert.match(
        trouble.join("\n"),
        /^The job "train" uses the image .* too old for EKS Pod Identity.*$/,
        preview.text,
      );
    }
  });

  for (const path of ["README.md", "docs/_index.md"]) {
    it(`begin in ${path} with a program that a preview takes, but for where KubeRay comes from`, async () => {
      const [block] = (await Page.read(path)).blocks("yaml");
      const { resources, outputs } = parse(block?.text ?? "") as Program;
      const [[name, whole] = []] = Object.entries(resources) as [string, Resource][];
      assert(name !== undefined && whole !== undefined);
      await rig.write({ ...programOf([]), resources: { [name]: onHand(whole) }, ...(outputs && { outputs }) });
      const preview = await rig.preview();
      assert(preview.succeeded, preview.text);
      assert.deepEqual(troubleOf(preview), []);
    });
  }

  function programOf(shown: readonly Example[]): Program {
    const config = { token: { type: "string", secret: true } };
    const resources = shown.map((each) => resourcesOf(each, soleResourceOf(examples)));
    return { name: "docs", config, resources: Object.assign({}, ...resources) };
  }
});

function hasPodIdentity({ said }: Example): boolean {
  return JSON.stringify(said).includes("podIdentity");
}

function troubleOf({ diagnostics }: Run): string[] {
  return diagnostics.filter(({ severity }) => severity !== "info").map(({ message }) => message);
}

/** The sandbox's aws plug-in has no associations; a component with a child that fails is told of, too. */
const ofStandIn = /has no resource type "aws:eks\/podIdentityAssociation|the client connection is closing/;
