import assert from "node:assert/strict";
import { parse } from "yaml";
import schema from "#schema.json" with { type: "json" };
import { featureGateFindings } from "../../../provider/components/featureGates.ts";
import { featureGates } from "../../../provider/crds/featureGates.ts";
import { defaultKubeRayVersion, isKubeRayVersion, kubeRayVersions } from "../../../provider/crds/release.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { Page } from "../../support/page.ts";

interface Example {
  readonly type: string;
  readonly properties: PropertyMap;
}

describe("the page on KubeRay's versions", () => {
  let page: Page;

  before(async () => {
    page = await Page.read("docs/kuberay-versions.md");
  });

  it("has a column for each version that is known, and says which is the default", () => {
    const columns = kubeRayVersions.map((version) => {
      return version === defaultKubeRayVersion ? `KubeRay ${version}, the default` : `KubeRay ${version}`;
    });
    const heading = page.text.split("\n").find((line) => line.includes("KubeRay 1.5.1")) ?? "";
    const cells = heading.split("|").map((cell) => cell.trim());
    assert.deepEqual(cells.slice(2, -1), columns);
  });

  it("has examples of an operator that says what there is", () => {
    const examples = page.blocks("yaml").map(({ text }) => parse(text) as { readonly operator?: Example });
    const operators = examples.flatMap(({ operator }) => operator ?? []);
    for (const operator of operators) {
      assert.equal(operator.type, "rayjob:KubeRayOperator");
      const known = Object.keys(schema.resources["rayjob:index:KubeRayOperator"].inputProperties);
      for (const name of Object.keys(operator.properties)) assert(known.includes(name), name);
      assert(isKubeRayVersion(operator.properties.version ?? defaultKubeRayVersion));
      assert.deepEqual(featureGateFindings(operator.properties), []);
    }
    assert.equal(operators.length, 2);
  });

  it("has each feature gate, with the versions from which it is there and on", () => {
    const said = page.rowsBelow("Feature gates").filter(([name]) => name?.startsWith("`"));
    const known = Object.entries(featureGates).map(([name, gate]) => [
      `\`${name}\``,
      "until" in gate ? `${gate.since}, not ${gate.until}` : gate.since,
      "onSince" in gate ? gate.onSince : "",
    ]);
    assert.deepEqual(said, known);
  });
});
