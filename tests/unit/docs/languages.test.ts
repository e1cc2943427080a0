import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Page } from "../../support/page.ts";

const example = "rayJobComponent/from-a-folder";
const examples = resolve(import.meta.dirname, "../../../provider/schema/examples");

describe("the first page of the package in the registry", () => {
  it("shows one program in every language, as Pulumi's converter writes it", async () => {
    const [page, converted, inYaml] = await Promise.all([
      Page.read("docs/_index.md"),
      readFile(resolve(examples, `converted/${example}.md`), "utf8"),
      readFile(resolve(examples, example, "Pulumi.yaml"), "utf8"),
    ]);
    for (const language of ["typescript", "python", "go", "csharp"]) {
      const [, shown] = new RegExp(`{{% choosable language ${language} %}}\n\n(.*?)\n{{% /`, "s").exec(page.text) ?? [];
      assert(
        shown?.startsWith(`\`\`\`${language}\n`) && withoutSpace(converted).includes(withoutSpace(shown)),
        language,
      );
    }
    const resources = inYaml.slice(inYaml.indexOf("resources:"));
    assert.deepEqual(
      page.blocks("yaml").map(({ text }) => text),
      [`name: training\nruntime: yaml\n${resources}`],
    );
  });
});

/** The pages are formatted, what the converter writes is not. */
function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, "");
}
