import assert from "node:assert/strict";
import { withoutEnvironmentValues } from "../../../provider/job/environment.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";

const secret = "hunter2-hunter2";
const env = [{ name: "TOKEN", value: secret }];

const places: readonly { readonly place: string; readonly spec: PropertyMap }[] = [
  { place: "the runtime environment", spec: { runtimeEnvYAML: `env_vars: { TOKEN: ${secret} }` } },
  { place: "the head", spec: { rayClusterSpec: { headGroupSpec: podOf({ containers: [{ env }] }) } } },
  { place: "a worker", spec: { rayClusterSpec: { workerGroupSpecs: [podOf({ containers: [{}, { env }] })] } } },
  { place: "an init container", spec: { rayClusterSpec: { headGroupSpec: podOf({ initContainers: [{ env }] }) } } },
  { place: "the submitter", spec: { submitterPodTemplate: { spec: { containers: [{ env }] } } } },
];

describe("withoutEnvironmentValues", () => {
  for (const { place, spec } of places) {
    it(`knows the variables of ${place}`, () => {
      assert.equal(withoutEnvironmentValues(`cannot use "${secret}"`, spec), 'cannot use "$TOKEN"');
    });
  }

  it("takes a value for what it is, even if it contains another", () => {
    const spec = { env: [...env, { name: "LONG", value: `${secret}$&` }] };
    assert.equal(withoutEnvironmentValues(`${secret}$& ${secret}`, spec), "$LONG $TOKEN");
  });

  it("leaves words alone that stand for anything", () => {
    assert.equal(withoutEnvironmentValues("1 node", { env: [{ name: "COUNT", value: "1" }] }), "1 node");
  });

  it("has nothing to hide where a variable comes from a Secret, or the YAML is broken", () => {
    const reference = { name: "TOKEN", valueFrom: { secretKeyRef: { name: "s", key: "k" } } };
    assert.equal(withoutEnvironmentValues("s k", { env: [reference], runtimeEnvYAML: "{" }), "s k");
  });
});

function podOf(spec: PropertyMap): PropertyMap {
  return { template: { spec } };
}
