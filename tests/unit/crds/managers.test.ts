import assert from "node:assert/strict";
import { comesOnlyOnce, lastManagerOf, managersIn } from "../../../provider/crds/managers.ts";
import { aCrd } from "./aCrd.ts";

/** All but the last recorded from a Kubernetes 1.34 API server. */
const conflicts = [
  {
    answer: 'Apply failed with 1 conflict: conflict with "helm" using apiextensions.k8s.io/v1: .spec.versions (409)',
    managers: ["helm"],
  },
  {
    answer:
      'Apply failed with 2 conflicts: conflicts with "helm" using apiextensions.k8s.io/v1:\n- .spec.versions\n' +
      'conflicts with "kubectl-edit" using apiextensions.k8s.io/v1:\n- .spec.names.shortNames (409)',
    managers: ["helm", "kubectl-edit"],
  },
  { answer: "the object has been modified; please apply your changes to the latest version (409)", managers: [] },
];

describe("managersIn", () => {
  for (const { answer, managers } of conflicts) {
    it(`finds ${JSON.stringify(managers)} in "${answer.split("\n")[0]}"`, () => {
      assert.deepEqual(managersIn(answer), managers);
    });
  }
});

describe("comesOnlyOnce", () => {
  it("is true of tools that somebody runs by hand, or that leave what is there alone", () => {
    for (const manager of ["helm", "kubectl", "kubectl-create", "kubectl-client-side-apply", "kubectl-edit"]) {
      assert(comesOnlyOnce(manager), manager);
    }
  });

  it("is false of what comes again, and of what is not known", () => {
    for (const manager of [
      "argocd-controller",
      "kustomize-controller",
      "helm-controller",
      "pulumi-kubernetes",
      "kubectl2",
    ]) {
      assert(!comesOnlyOnce(manager), manager);
    }
  });
});

describe("lastManagerOf", () => {
  const spec = { "f:spec": {} };
  const [earlier, later] = ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"];

  it("names who has set something in the spec last", () => {
    const crd = aCrd("a").managedBy(
      { manager: "kubectl-edit", time: later, fieldsV1: spec },
      { manager: "helm", time: earlier, fieldsV1: spec },
    );
    assert.equal(lastManagerOf(crd, "us"), "kubectl-edit");
  });

  it("leaves out ourselves, the API server's own status, and who has set labels only", () => {
    const crd = aCrd("a").managedBy(
      { manager: "us", time: later, fieldsV1: spec },
      { manager: "kube-apiserver", time: later, subresource: "status", fieldsV1: { "f:status": {} } },
      { manager: "kubectl-label", time: later, fieldsV1: { "f:metadata": {} } },
    );
    assert.equal(lastManagerOf(crd, "us"), undefined);
  });
});
