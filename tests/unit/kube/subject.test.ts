import assert from "node:assert/strict";
import { rayJobSubject, subjectOf } from "../../../provider/kube/subject.ts";

describe("subjectOf", () => {
  it("joins kind, namespace and name", () => {
    assert.equal(rayJobSubject({ namespace: "ml", name: "train-7f3a" }), "RayJob/ml/train-7f3a");
  });

  it("leaves out the namespace of a cluster-wide object", () => {
    assert.equal(subjectOf("Namespace", undefined, "ml"), "Namespace/ml");
  });

  it("stands for all objects of a namespace when there is no name", () => {
    assert.equal(rayJobSubject({ namespace: "ml" }), "RayJob/ml");
  });
});
