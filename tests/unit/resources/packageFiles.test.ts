import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withPackages } from "../../../provider/resources/rayJob/packageFiles.ts";
import { UNKNOWN, type Value } from "../../../provider/values/value.ts";

describe("files of packages", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "rayjob-packages-"));
    await write({
      "Pulumi.yaml": "",
      "train.py": "",
      "requirements.txt": "\uFEFF# for training\nnumpy==1.26.4\n-r more/torch.txt\n",
      "more/torch.txt": "--extra-index-url https://h/cpu\n-r cuda.txt\ntorch==2.4 \\\n  --hash=sha256:00\n",
      "more/cuda.txt": "cuda-python\n",
      "environment.yml": "name: it\ndependencies:\n- python=3.11\n- pip:\n  - -r requirements.txt\n  - xgboost\n",
    });
  });

  afterEach(() => rm(folder, { recursive: true }));

  const packages = ["numpy==1.26.4", "--extra-index-url https://h/cpu", "cuda-python", "torch==2.4   --hash=sha256:00"];
  const taken: { said: Value; becomes: Value; because: string }[] = [
    { said: { pip: "requirements.txt" }, becomes: { pip: packages }, because: "its lines are packages" },
    { said: { uv: "./requirements.txt" }, becomes: { uv: packages }, because: "to uv, too" },
    {
      said: { pip: { packages: "more/cuda.txt", pipCheck: true } },
      becomes: { pip: { packages: ["cuda-python"], pipCheck: true } },
      because: "settings stay",
    },
    {
      said: { conda: "environment.yml" },
      becomes: { conda: { name: "it", dependencies: ["python=3.11", { pip: [...packages, "xgboost"] }] } },
      because: "its list for pip is one of requirements",
    },
    { said: { conda: "base", pip: ["./a"] }, becomes: { conda: "base", pip: ["./a"] }, because: "these are no files" },
    { said: { pip: UNKNOWN }, becomes: { pip: UNKNOWN }, because: "it may be any file" },
  ];
  for (const { said, becomes, because } of taken) {
    it(`are taken in for ${JSON.stringify(said)}: ${because}`, async () => {
      assert.deepEqual(await withPackages({ name: "a", runtimeEnv: said }, [], folder), {
        inputs: { name: "a", runtimeEnv: becomes },
        failures: [],
      });
    });
  }

  it("are not looked for again where `ignoreChanges` gives what was taken in before", async () => {
    const { inputs } = await withPackages(
      { runtimeEnv: { pip: "requirements.txt", conda: "environment.yml" } },
      [],
      folder,
    );
    await rm(join(folder, "requirements.txt"));
    assert.deepEqual(await withPackages(inputs, [], folder), { inputs, failures: [] });
  });

  it("are not read where their path is secret: it would be shown", async () => {
    const inputs = { runtimeEnv: { pip: "nowhere.txt" } };
    assert.deepEqual(await withPackages(inputs, [["runtimeEnv", "pip"]], folder), { inputs, failures: [] });
  });

  const refusals: { files: Readonly<Record<string, string | Buffer>>; says: string; because: string }[] = [
    {
      files: {},
      says: 'Cannot read "/a.txt": there is no such file. Correct the path; a relative one starts at the program\'s folder',
      because: "it is not there",
    },
    { files: { "a.txt/b": "" }, says: 'Cannot read "/a.txt": it is a directory. Name a file', because: "it is none" },
    {
      files: { "a.txt": Buffer.from([0xff, 0xfe]) },
      says: 'Cannot read "/a.txt": it is not text in UTF-8. Write it as such',
      because: "it cannot be read",
    },
    {
      files: { "a.txt": "numpy\n-r b/c.txt\n" },
      says: 'Cannot read "/b/c.txt", to which "/a.txt", line 2 refers: there is no such file. Correct the path',
      because: "another one is not there",
    },
    {
      files: { "a.txt": "-r b/c.txt", "b/c.txt": "\n-r ../a.txt" },
      says: 'Cannot take in "/a.txt", which "/b/c.txt", line 2 refers to: it leads there itself. Drop one of the two lines',
      because: "it would never end",
    },
    {
      files: { "a.txt": "numpy\n-e ./lib\n" },
      says:
        'Cannot take along `-e ./lib` of "/a.txt", line 2: it is on this machine only. Build a wheel, upload it, and list its ' +
        "address",
      because: "a node has no such directory",
    },
  ];
  for (const { files, says, because } of refusals) {
    it(`are refused in one sentence that names file and line: ${because}`, async () => {
      await write(files);
      const { failures } = await withPackages({ runtimeEnv: { pip: "a.txt" } }, [], folder);
      assert.deepEqual(
        failures.map(({ path, reason }) => [path, reason.replaceAll(folder, "")]),
        [[["runtimeEnv", "pip"], says]],
      );
    });
  }

  it("are refused in a conda environment alike", async () => {
    await write({ "a.yml": "dependencies:\n- pip:\n  - numpy\n  - -e .\n", "b.yaml": "- numpy" });
    const reasonFor = async (conda: string) => {
      const { failures } = await withPackages({ runtimeEnv: { conda } }, [], folder);
      return failures[0]?.reason.replaceAll(folder, "");
    };
    assert.match((await reasonFor("a.yml")) ?? "", /^Cannot take along `-e \.` of "\/a\.yml", entry 2: it is on this/);
    assert.equal(
      await reasonFor("b.yaml"),
      'Cannot read "/b.yaml": it is not a YAML mapping. Write it as conda has it: `dependencies`, and a list of packages',
    );
  });

  it("are looked for in an empty folder by an inline program, which is told what to do", async () => {
    const inline = await mkdtemp(join(tmpdir(), "automation-"));
    const { failures } = await withPackages({ runtimeEnv: { pip: "a.txt" } }, [], inline);
    await rm(inline, { recursive: true });
    assert.match(
      failures[0]?.reason ?? "",
      / Set `workDir` in the options of the Automation API, .* for an inline program$/,
    );
  });

  async function write(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
  }
});
