import assert from "node:assert/strict";
import { type PropertyMap, UNKNOWN } from "../../../../provider/values/value.ts";
import { configuration, isOn } from "../../../sandbox/providers/kubernetes/configuration.ts";

describe("the configuration of the sandbox's kubernetes provider", () => {
  it("takes what the engine makes of the official settings", () => {
    const inputs: PropertyMap = {
      version: "4.34.2",
      kubeconfig: UNKNOWN,
      context: "a",
      namespace: "ml",
      enableServerSideApply: "true",
      deleteUnreachable: "false",
    };
    assert.deepEqual(configuration.check(inputs), { inputs, failures: [] });
    assert.deepEqual([isOn("true"), isOn(true), isOn("false"), isOn(undefined)], [true, true, false, false]);
  });

  const refusals = [
    { inputs: { renderYamlToDirectory: "out" }, says: /does not know the setting renderYamlToDirectory/ },
    { inputs: { enableServerSideApply: "false" }, says: /knows server-side apply only/ },
    { inputs: { deleteUnreachable: "perhaps" }, says: /Must be true or false/ },
    { inputs: { namespace: " " }, says: /Must be a text that is not empty/ },
  ];
  for (const { inputs, says } of refusals) {
    it(`refuses ${JSON.stringify(inputs)}`, () => {
      const { failures } = configuration.check(inputs);
      assert.equal(failures.length, 1);
      assert.match(failures[0]?.reason ?? "", says);
    });
  }
});
