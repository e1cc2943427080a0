import assert from "node:assert/strict";
import fc from "fast-check";
import { formatPath, type PropertyPath } from "../../../provider/values/path.ts";

const paths: { path: PropertyPath; text: string }[] = [
  { path: [], text: "" },
  { path: ["labels"], text: "labels" },
  { path: ["rayClusterSpec", "workerGroupSpecs", 0, "replicas"], text: "rayClusterSpec.workerGroupSpecs[0].replicas" },
  { path: ["labels", "example.com/team"], text: 'labels["example.com/team"]' },
  { path: ["rayStartParams", "num-cpus"], text: "rayStartParams.num-cpus" },
  { path: ["map", "0"], text: 'map["0"]' },
  { path: ["map", 'a"b'], text: 'map["a\\"b"]' },
];

describe("formatPath", () => {
  for (const { path, text } of paths)
    it(`writes ${text || "nothing at the top"}`, () => assert.equal(formatPath(path), text));

  it("writes different paths differently", () => {
    const path = fc.array(
      fc.oneof(fc.nat({ max: 3 }), fc.string({ maxLength: 3 }), fc.constantFrom("a", "a.b", "[0]")),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(path, path, (a, b) => {
        assert.equal(formatPath(a) === formatPath(b), JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});
