import assert from "node:assert/strict";
import { join } from "node:path";
import { cacheFolder } from "../../support/cacheFolder.ts";
import { EmptyApiServer } from "../../support/emptyApiServer.ts";
import { Page } from "../../support/page.ts";
import { newRig, type Rig } from "../../support/rig.ts";
import { changesOf } from "../../support/run.ts";
import { examplesIn, operatorOf } from "./pageExamples.ts";

const page = await Page.read("docs/kuberay-versions.md");
const operators = examplesIn(page).flatMap((example) => operatorOf(example) ?? []);

/** The sandbox's, since there is no internet. */
const chart = { path: join(cacheFolder(), "charts", "kuberay-operator-1.6.2.tgz") };

describe("the operators on the page on KubeRay's versions", () => {
  let server: EmptyApiServer;
  let rig: Rig;

  before(async () => {
    server = await EmptyApiServer.start();
    rig = await newRig({ resources: {} }, { KUBECONFIG: server.kubeconfig });
  });

  after(async () => {
    await rig?.dispose();
    await server?.dispose();
  });

  for (const { type, properties } of operators) {
    it(`are what a preview takes, without a warning: ${Object.keys(properties)}`, async () => {
      await rig.write({ resources: { operator: { type, properties: { ...properties, chart } } } });
      const preview = await rig.preview();
      assert(preview.succeeded, preview.text);
      assert.deepEqual(
        preview.diagnostics.filter(({ severity }) => severity !== "info"),
        [],
      );
      assert(
        changesOf(preview).some((change) => /^Deployment .*kuberay-operator create$/.test(change)),
        preview.text,
      );
    });
  }
});
