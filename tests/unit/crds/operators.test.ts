import assert from "node:assert/strict";
import { type Deployment, operatorsOutside } from "../../../provider/crds/operators.ts";

const ofChart = { "app.kubernetes.io/name": "kuberay-operator" };
const ofKustomization = { "app.kubernetes.io/name": "kuberay", "app.kubernetes.io/component": "kuberay-operator" };

const cases: { deployment: Deployment; serves: readonly string[] | undefined; because: string }[] = [
  { deployment: aDeployment(ofChart), serves: undefined, because: "nothing limits it" },
  { deployment: aDeployment(ofKustomization), serves: undefined, because: "KubeRay's own manifests label it so" },
  {
    deployment: aDeployment(ofChart, ["--watch-namespace", "a,b"]),
    serves: ["a", "b"],
    because: "the chart writes it so",
  },
  { deployment: aDeployment(ofChart, ["-watch-namespace=a"]), serves: ["a"], because: "Go reads this spelling, too" },
  { deployment: aDeployment(ofChart, ["--watch-namespace="]), serves: undefined, because: "nothing means all" },
];

const others: { deployment: Deployment; because: string }[] = [
  { deployment: aDeployment(ofChart, [], { namespace: "ours" }), because: "it is where ours is" },
  { deployment: aDeployment({ "app.kubernetes.io/name": "kuberay" }), because: "it is another part of KubeRay" },
  { deployment: aDeployment(ofChart, [], { replicas: 0 }), because: "it is switched off" },
  {
    deployment: aDeployment(ofChart, [], { deletionTimestamp: "2026-01-01T00:00:00Z" }),
    because: "it is on its way out",
  },
];

describe("operatorsOutside", () => {
  for (const { deployment, serves, because } of cases) {
    it(`finds an operator that serves ${serves ?? "everything"}: ${because}`, () => {
      const found = operatorsOutside(["ours", undefined], [deployment]);
      assert.deepEqual(found, [{ name: "kuberay-operator", namespace: "theirs", serves }]);
    });
  }

  for (const { deployment, because } of others) {
    it(`leaves a Deployment out when ${because}`, () => {
      assert.deepEqual(operatorsOutside(["ours", undefined], [deployment]), []);
    });
  }
});

function aDeployment(
  labels: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  {
    namespace = "theirs",
    replicas = 1,
    ...metadata
  }: { namespace?: string; replicas?: number; deletionTimestamp?: string } = {},
): Deployment {
  return {
    metadata: { name: "kuberay-operator", namespace, labels, ...metadata },
    spec: { replicas, template: { spec: { containers: [{ command: ["/manager"], args }] } } },
  };
}
