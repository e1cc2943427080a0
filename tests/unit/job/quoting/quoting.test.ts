import assert from "node:assert/strict";
import fc from "fast-check";
import { quotedEntrypoint } from "../../../../provider/job/quoting/entrypoint.ts";
import {
  submittedEntrypoint,
  submittedMetadata,
  submittedRuntimeEnv,
} from "../../../../provider/job/quoting/submitted.ts";
import { quotedTexts } from "../../../../provider/job/quoting/texts.ts";
import { mappingOf } from "../../../../provider/job/yaml.ts";
import { Submitter } from "./submitter.ts";

// Whatever shells, JSON, Go or Kubernetes have an opinion about.
const pieces = [
  ...["a", "B-1", " ", "  ", "\t", "\n", '"', "'", "\\", "\\\\", "$", "$$", "$HOME", "$(echo x)", "`echo y`", "!", "#"],
  ...[";", "&&", "||", "|", "&", "<", ">", "(", ")", "*", "?", "[a]", "{b,c}", "~", "=", "%", "%s", "\u00a0", "\u200b"],
  ...["ü", "漢", "\u{1f600}", "\u{1faea}", "\u007f", "\u0001", "\u2028", "--", "-c", "<<E"],
];
/** Pieces that do the same whenever they are run, and nothing to any file. */
const harmless = pieces.filter((piece) => !["$$", ">", "&"].includes(piece));
const text = textOf(pieces);
// No two processes have one number.
const harmlessText = textOf(harmless).filter((text) => !/\$[$!]/.test(text));

describe("an entry point on its way to Ray", function () {
  this.timeout(120_000); // several shells for each text
  let submitter: Submitter;

  before(() => {
    submitter = new Submitter();
  });

  after(() => submitter.dispose());

  for (const entrypoint of ["python train.py", "python -u src/train.py --lr=0.1 --name a_b@c%d:e", "A=1 ./run.sh"]) {
    it(`stays as it is: ${entrypoint}`, () => {
      assert.equal(quotedEntrypoint(entrypoint), entrypoint);
    });
  }

  it("means the same as a script without any way", async () => {
    await fc.assert(
      fc.asyncProperty(text, async (argument) => {
        const script = `printf '%s|' ${shellQuoted(argument)} "$(printf '%s' "$HOME")" && echo done; exit 3`;
        assert.deepEqual(await onItsWay(script), [await submitter.direct(script)]);
      }),
      { numRuns: 20 },
    );
  });

  it("means the same, whatever it is, be it no script at all", async () => {
    await fc.assert(
      fc.asyncProperty(harmlessText, async (rest) => {
        const script = `echo ${rest}`;
        assert.deepEqual(await onItsWay(script), [await submitter.direct(script.trim())], script);
      }),
      { numRuns: 20 },
    );
  });

  /** The different outcomes of an entry point with all versions of Ray. */
  async function onItsWay(script: string) {
    const [older, newer] = await submitter.submitted(quotedEntrypoint(script));
    assert.deepEqual(older, newer);
    return [older];
  }

  it("brings texts between double quotes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }), async (texts) => {
        const quoted = quotedTexts({ env_vars: texts, deep: [{ a: texts }, 1, true] });
        const json = asKubernetesFillsIn(asGoQuotes(JSON.stringify(quoted)));
        const argument = await submitter.quotedArgument(json);
        assert.deepEqual(JSON.parse(argument), { env_vars: texts, deep: [{ a: texts }, 1, true] });
      }),
      { numRuns: 20 },
    );
  });
});

describe("what is submitted", () => {
  const said = {
    entrypoint: " echo $HOME; true ",
    runtimeEnv: { envVars: { A: "$B" } },
    metadata: { note: "costs $1" },
  };
  const throughShell = [{}, { submissionMode: "K8sJobMode" }, { submissionMode: "SidecarMode" }];
  const submitterWithCommand = { spec: { containers: [{ command: ["python", "submit.py"] }] } };
  const verbatim = [
    { submissionMode: "HTTPMode" },
    { submissionMode: "InteractiveMode" },
    { submitterPodTemplate: submitterWithCommand },
  ];

  for (const mode of throughShell) {
    it(`is quoted with ${JSON.stringify(mode)}`, () => {
      const job = { ...said, ...mode };
      assert.match(String(submittedEntrypoint(job)), /^python3 -c "import base64, os; [^"$`\\]*"$/);
      assert.deepEqual(mappingOf(String(submittedRuntimeEnv(job))), { env_vars: { A: "$$(echo JA==|base64 -d)B" } });
      assert.deepEqual(submittedMetadata(job), { note: "costs $$(echo JA==|base64 -d)1" });
    });
  }

  for (const mode of verbatim) {
    it(`is as it was written with ${JSON.stringify(mode)}`, () => {
      const job = { ...said, ...mode };
      assert.equal(submittedEntrypoint(job), said.entrypoint);
      assert.deepEqual(mappingOf(String(submittedRuntimeEnv(job))), { env_vars: { A: "$B" } });
      assert.deepEqual(submittedMetadata(job), said.metadata);
    });
  }

  it("is YAML as it was written where nothing in it is disturbed", () => {
    const runtimeEnvYAML = "# packages\npip: [numpy]\n";
    assert.equal(submittedRuntimeEnv({ runtimeEnvYAML }), runtimeEnvYAML);
    const disturbed = submittedRuntimeEnv({ runtimeEnvYAML: "env_vars: { A: $B }" });
    assert.deepEqual(mappingOf(String(disturbed)), { env_vars: { A: "$$(echo JA==|base64 -d)B" } });
    assert.equal(submittedRuntimeEnv({ runtimeEnvYAML: "- no mapping" }), "- no mapping");
  });
});

function textOf(chosen: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...chosen), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));
}

function shellQuoted(argument: string): string {
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

/** What becomes of `$$`, and of `$(NAME)` for a name that no variable has. */
function asKubernetesFillsIn(argument: string): string {
  return argument.replaceAll("$$", "$");
}

/** Go's strconv.Quote without the quotes, of JSON as Go makes it; what is beyond ASCII as if none of it were printable. */
function asGoQuotes(json: string): string {
  const escaped = json.replaceAll(
    /[<>&\u2028\u2029]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return escaped.replaceAll(/["\\]|[^\x20-\x7e]/gu, (each) => {
    const code = each.codePointAt(0) ?? 0;
    if (each === '"' || each === "\\") return `\\${each}`;
    if (code === 0x7f) return "\\x7f";
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
