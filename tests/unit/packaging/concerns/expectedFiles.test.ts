import assert from "node:assert/strict";
import { missingFiles } from "../../../../provider/packaging/concerns/expectedFiles.ts";

const paths = ["pkg/__init__.py", "pkg/run.py", "pkg/tool/__main__.py", "plain/run.py", "src/train.py", "start.sh"];

const cases: { readonly expected: string; readonly says: string | undefined; readonly because: string }[] = [
  { expected: "src/train.py", says: undefined, because: "it is there" },
  {
    expected: "train.py",
    says: '"train.py" is not in the package. Did you mean "src/train.py"?',
    because: "it is elsewhere",
  },
  { expected: "stat.sh", says: '"stat.sh" is not in the package. Did you mean "start.sh"?', because: "it is mistyped" },
  {
    expected: "evaluate_the_model.py",
    says: '"evaluate_the_model.py" is not in the package. Add it, or correct the job\'s `entrypoint`',
    because: "nothing is like it",
  },
  { expected: "pkg/run.py|pkg/run/__main__.py", says: undefined, because: "the first is there" },
  { expected: "pkg/tool.py|pkg/tool/__main__.py", says: undefined, because: "the second is there" },
  {
    expected: "pkg/runn.py|pkg/runn/__main__.py",
    says: '"pkg/runn.py" or "pkg/runn/__main__.py" is not in the package. Did you mean "pkg/run.py"?',
    because: "neither is there",
  },
  { expected: "torch/run.py|torch/run/__main__.py", says: undefined, because: "it may be installed" },
  {
    expected: "plain/other.py|plain/other/__main__.py",
    says: undefined,
    because: "an installed package would come before a directory that is none",
  },
];

describe("the files that ought to be in a package", () => {
  for (const { expected, says, because } of cases) {
    it(`${says === undefined ? "do not lack" : "lack"} ${expected}: ${because}`, () => {
      assert.deepEqual(missingFiles([expected], paths), says === undefined ? [] : [says]);
    });
  }

  it("are told of as ignored where they are there and left out", () => {
    const [sentence, ...others] = missingFiles(["train.py"], paths, (path) => path === "train.py");
    assert.match(
      sentence ?? "",
      /^"train\.py" is not in the package: \.gitignore, .* leaves it out\. Drop the pattern, or .*$/,
    );
    assert.deepEqual(others, []);
  });

  it("are each told of", () => assert.equal(missingFiles(["a.py", "b.py", "start.sh"], paths).length, 2));
});
