import assert from "node:assert/strict";
import { placed, targetOf } from "../../../provider/cli/wait/target.ts";

describe("the RayJob that is named on the command line", () => {
  it("has its namespace before it, or none, or is written as messages write it", () => {
    assert.deepEqual(targetOf("ml/train"), { namespace: "ml", name: "train" });
    assert.deepEqual(targetOf("train"), { name: "train" });
    assert.deepEqual(targetOf("RayJob/ml/train"), { namespace: "ml", name: "train" });
  });

  for (const text of ["", "/", "ml/", "/train", "a/b/c", "a/b/c/d", "ml/Train", "ml/tr ain", "ml/..", "-n"]) {
    it(`is not "${text}"`, () => assert.equal(targetOf(text), undefined));
  }

  it("is in its own namespace, else the one beside it, else the context's, else the default one", () => {
    assert.deepEqual(placed({ namespace: "a", name: "x" }, undefined, "c"), { namespace: "a", name: "x" });
    assert.deepEqual(placed({ name: "x" }, "b", "c"), { namespace: "b", name: "x" });
    assert.deepEqual(placed({ name: "x" }, undefined, "c"), { namespace: "c", name: "x" });
    assert.deepEqual(placed({ name: "x" }, undefined, undefined), { namespace: "default", name: "x" });
  });

  it("is not in two namespaces", () => {
    assert.equal(placed({ namespace: "a", name: "x" }, "b", undefined), undefined);
    assert.deepEqual(placed({ namespace: "a", name: "x" }, "a", undefined), { namespace: "a", name: "x" });
  });
});
