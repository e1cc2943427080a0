import assert from "node:assert/strict";
import fc from "fast-check";
import { requirementsIn } from "../../../provider/job/requirements.ts";

const here = "it is on this machine only. Build a wheel, upload it, and list its address";

const lines: { text: string; is: string; because: string }[] = [
  { text: "numpy==1.26.4", is: "numpy==1.26.4", because: "a package is one" },
  { text: "  numpy  # arrays", is: "numpy", because: "a comment is none" },
  { text: "numpy>=1;python_version<'3.12'", is: "numpy>=1;python_version<'3.12'", because: "a marker is kept" },
  { text: "ray[default,train]==2.9.0", is: "ray[default,train]==2.9.0", because: "extras are kept" },
  { text: "a @ https://h/a#b.whl", is: "a @ https://h/a#b.whl", because: "a fragment is no comment" },
  { text: "a==1 --hash=sha256:00ff", is: "a==1 --hash=sha256:00ff", because: "hashes are kept" },
  {
    text: "--index-url https://h/simple",
    is: "--index-url https://h/simple",
    because: "pip reads it on the nodes, too",
  },
  { text: "--pre", is: "--pre", because: "other options are as well" },
  { text: "https://h/a.whl", is: "https://h/a.whl", because: "an address is the same everywhere" },
  { text: "git+https://h/a.git@v1", is: "git+https://h/a.git@v1", because: "so is that of a repository" },
  { text: "-e git+ssh://git@h/a.git", is: "-e git+ssh://git@h/a.git", because: "also one to work on" },
  {
    text: `-i https://u:\${TOKEN}@h/simple`,
    is: `-i https://u:\${TOKEN}@h/simple`,
    because: "a variable is no password",
  },
  {
    text: `a @ git+https://\${TOKEN}@h/a.git`,
    is: `a @ git+https://\${TOKEN}@h/a.git`,
    because: "nor is it a token",
  },
  { text: "git+https://git@h/a.git", is: "git+https://git@h/a.git", because: "git is nobody's name" },
  { text: "git+ssh://me@h/a.git", is: "git+ssh://me@h/a.git", because: "SSH takes no token for a name" },
  { text: "-r more.txt", is: "file more.txt", because: "that is another file" },
  { text: "-rmore.txt", is: "file more.txt", because: "which may be written so" },
  { text: "--requirement=../more.txt", is: "file ../more.txt", because: "or so" },
  { text: '--requirement "my more.txt"', is: "file my more.txt", because: "or in quotes" },
  {
    text: "-r https://h/more.txt",
    is: "refused: it is not on this machine, and a preview reads nothing else. Download it, and name the file",
    because: "a preview is offline",
  },
  {
    text: "-c limits.txt",
    is: "refused: a file of constraints stays on this machine. Pin the versions in the requirements",
    because: "Ray's list has no place for it",
  },
  ...[
    "-e .",
    "--editable=./lib",
    "./lib",
    "../lib",
    "/lib",
    "lib/",
    "a.whl",
    "a-1.0.tar.gz",
    "file:///a",
    "a @ file:///a",
    "C:\\a",
    "-f ./wheels",
    "-e git+file:///a",
  ].map((text) => ({
    text,
    is: `refused: ${here}`,
    because: "no node has it",
  })),
];

describe("requirementsIn", () => {
  for (const { text, is, because } of lines) {
    it(`takes \`${text}\` for ${is.replace(/:.*/, "")}: ${because}`, () => {
      assert.deepEqual(requirementsIn(text).map(told), [is]);
    });
  }

  it("joins lines that are continued, and counts all", () => {
    const content = "# all\n\na==1 \\\r\n    --hash=sha256:1 \\\n    --hash=sha256:2  # both\nb\n./c\\\n# no more\nd\\";
    assert.deepEqual(
      requirementsIn(content).map((each) => `${each.line} ${told(each)}`),
      ["3 a==1     --hash=sha256:1     --hash=sha256:2", "6 b", `7 refused: ${here}`, "9 d"],
    );
  });

  it("refuses a password, and does not repeat it", () => {
    for (const text of [
      "--index-url https://me:hunter2@h/simple",
      "a @ https://me:hunter2@h/a.whl",
      "https://:hunter2@h/a.whl",
      "a @ git+https://hunter2@h/a.git",
      "-e git+https://hunter2@h/a.git#egg=a",
      "--extra-index-url https://hunter2@h/simple",
    ]) {
      const [requirement] = requirementsIn(text);
      assert.equal(requirement?.kind, "refused");
      assert.doesNotMatch(JSON.stringify(requirement), /hunter2/);
    }
  });

  it("gives every package of a file as it was written, whatever is between them", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(==[0-9]\.[0-9])?$/);
    const between = fc.constantFrom("\n", "\r\n", "\n\n", "\n# c -r x\n", "   \n", " # -e .\n");
    fc.assert(
      fc.property(fc.array(fc.tuple(name, between)), (pairs) => {
        const content = pairs.map(([text, after]) => text + after).join("");
        assert.deepEqual(
          requirementsIn(content).map(told),
          pairs.map(([text]) => text),
        );
      }),
    );
  });
});

function told(requirement: ReturnType<typeof requirementsIn>[number]): string {
  switch (requirement.kind) {
    case "package":
      return requirement.text;
    case "file":
      return `file ${requirement.path}`;
    case "refused":
      return `refused: ${requirement.because}`;
  }
}
