import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { markdownOf } from "../../../provider/cli/summary/markdown.ts";

const file = resolve(import.meta.dirname, "../../../examples/pull-request/preview.yaml");

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly run?: string;
  readonly "continue-on-error"?: boolean;
  readonly with?: { readonly script?: string };
}

interface Comment {
  readonly id: number;
  readonly user: { readonly login: string } | null;
  readonly body?: string;
}

describe("the workflow for pull requests", () => {
  let text: string;
  let steps: readonly Step[];
  let temporary: string;

  beforeEach(async () => {
    text = await readFile(file, "utf8");
    steps = parse(text).jobs.preview.steps;
    temporary = await mkdtemp(join(tmpdir(), "rayjob-workflow-"));
  });

  afterEach(() => rm(temporary, { recursive: true }));

  it("may do no more than it needs, and not for a fork", () => {
    const workflow = parse(text);
    assert.deepEqual(workflow.permissions, { contents: "read", "id-token": "write", "pull-requests": "write" });
    assert.deepEqual(Object.keys(workflow.on), ["pull_request"]);
    assert.match(workflow.jobs.preview.if, /head\.repo\.full_name == github\.repository/);
  });

  it("puts nothing into a shell that a pull request's author has written", () => {
    for (const { run = "" } of steps) assert(!run.includes("${{"), run);
  });

  it("has the program's packages, the plug-in among them, before the preview, whatever the program's language", () => {
    const commands = steps.flatMap(({ run }) => run ?? []);
    const at = (command: RegExp) => commands.findIndex((each) => command.test(each));
    assert(at(/^pulumi install$/) > at(/update-kubeconfig/) && at(/^pulumi install$/) < at(/^pulumi preview /));
    for (const command of commands) assert.doesNotMatch(command, /^(npm|npx|pip|go|dotnet) /m);
  });

  it("says on the page which of the repository's settings it reads", async () => {
    const page = await readFile(resolve(file, "../../../docs/pull-requests.md"), "utf8");
    const settings = [...text.matchAll(/\$\{\{ (?:vars|secrets)\.(\w+) \}\}/g)].map(([, name = ""]) => name);
    assert.equal(settings.length, 5);
    for (const name of settings) assert(page.includes(`\`${name}\``), name);
  });

  it("comments on a preview that has failed, and fails after that", () => {
    assert.equal(stepOf("Preview")["continue-on-error"], true);
    assert.equal(steps.at(-1)?.if, "steps.preview.outcome == 'failure'");
    assert.equal(steps.at(-1)?.run, "exit 1");
  });

  for (const code of [0, 1]) {
    it(`takes the summary where the command exits with ${code}`, async () => {
      assert.equal(await summaryWith(`console.log("told"); process.exitCode = ${code}`), "told\n");
    });
  }

  it("says so where there is no preview, in a comment with the marker", async () => {
    assert.match(
      await summaryWith("process.exitCode = 2"),
      /^<!-- rayjob summary -->\nThe preview has failed before it began/,
    );
  });

  it("makes a comment, and then updates it, whatever others have written", async () => {
    const body = markdownOf({ stack: "training/prod", steps: [], diagnostics: [], unlisted: 0 });
    const others: readonly Comment[] = [
      { id: 1, user: null },
      { id: 2, user: { login: "somebody" }, body },
      { id: 3, user: { login: "github-actions[bot]" }, body: "Something else" },
    ];
    assert.deepEqual(await commentedAmong(others, body), [{ issue_number: 7, owner: "o", repo: "r", body }]);
    const ours = { id: 4, user: { login: "github-actions[bot]" }, body };
    assert.deepEqual(await commentedAmong([...others, ours], body), [{ comment_id: 4, owner: "o", repo: "r", body }]);
  });

  function stepOf(name: string): Step {
    const step = steps.find((each) => each.name === name);
    assert(step, name);
    return step;
  }

  /** Runs the step in the shell that GitHub runs it in, with a plug-in whose command does this. */
  async function summaryWith(command: string): Promise<string> {
    const plugin = join(temporary, ".pulumi/plugins/resource-github.com_acme_rayjob.git-v0.1.0");
    await mkdir(join(plugin, "bin"), { recursive: true });
    await writeFile(join(plugin, "bin/rayjob.js"), command);
    const env = {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: temporary,
      RUNNER_TEMP: temporary,
      GITHUB_STEP_SUMMARY: join(temporary, "step.md"),
    };
    const { status, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", stepOf("Summary").run ?? ""], { env });
    assert.equal(status, 0, String(stderr));
    const summary = await readFile(join(temporary, "summary.md"), "utf8");
    assert.equal(await readFile(join(temporary, "step.md"), "utf8"), summary);
    return summary;
  }

  /** Runs the script as actions/github-script does, among these comments; returns what it has asked GitHub for. */
  async function commentedAmong(comments: readonly Comment[], body: string): Promise<object[]> {
    await writeFile(join(temporary, "summary.md"), body);
    const asked: object[] = [];
    const ask = async (request: object) => asked.push(request);
    const issues = { listComments: undefined, createComment: ask, updateComment: ask };
    const github = { paginate: async () => comments, rest: { issues } };
    const context = { repo: { owner: "o", repo: "r" }, issue: { number: 7 } };
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
    const script = new AsyncFunction("github", "context", "process", "require", stepOf("Comment").with?.script ?? "");
    const modules = (name: string) => process.getBuiltinModule(name);
    await script(github, context, { env: { RUNNER_TEMP: temporary } }, modules);
    return asked;
  }
});
