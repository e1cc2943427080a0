import assert from "node:assert/strict";
import ts from "typescript";
import { parse } from "yaml";
import { shapeFindings } from "../../../provider/findings/shape.ts";
import { packageSchema } from "../../../provider/schema/packageSchema.ts";
import { type PropertyMap, UNKNOWN, type Value } from "../../../provider/values/value.ts";
import { packageSpec } from "./packageSpec.ts";

const languages = ["typescript", "python", "csharp", "go", "yaml"];

interface Program {
  readonly resources: Readonly<Record<string, { readonly type: string; readonly properties: PropertyMap }>>;
}

describe("the documentation of a resource", () => {
  for (const [token, { description }] of Object.entries(packageSpec.resources)) {
    const name = token.slice("rayjob:index:".length);
    const examples = examplesIn(description);

    it(`has examples in five languages: ${name}`, () => {
      assert(examples.length > 0);
      assert.match(description, /\n\n\{\{% examples %\}\}\n## Example Usage\n/);
      for (const { title, blocks } of examples) {
        assert.match(title, /^[A-Z].*[^.]$/);
        assert.deepEqual(Object.keys(blocks), languages);
        // What the converters write where they give up.
        for (const code of Object.values(blocks)) assert.doesNotMatch(code, /TODO|notImplemented|%!v|pulumi\.Any\{/);
      }
    });

    for (const { title, blocks } of examples) {
      it(`has examples that are about it, without mistakes: ${name}, ${title}`, async () => {
        const { resources }: Program = parse(blocks.yaml ?? "");
        assert(Object.values(resources).some(({ type }) => type === `rayjob:${name}`));
        for (const { type, properties } of Object.values(resources)) {
          const inputs = unresolved(properties) as PropertyMap;
          assert.deepEqual(shapeFindings(inputs, await packageSchema(), type.replace(":", ":index:")), []);
        }
      });

      it(`has examples that TypeScript can read: ${name}, ${title}`, () => {
        const { diagnostics = [] } = ts.transpileModule(blocks.typescript ?? "", { reportDiagnostics: true });
        assert.deepEqual(
          diagnostics.map(({ messageText }) => messageText),
          [],
        );
      });
    }
  }
});

function examplesIn(description: string) {
  return [...description.matchAll(/^\{\{% example %\}\}\n### ([^\n]*)\n(.*?)^\{\{% \/example %\}\}$/gms)].map(
    ([, title = "", body = ""]) => {
      const blocks = [...body.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, code]) => [language, code]);
      return { title, blocks: Object.fromEntries(blocks) as Readonly<Record<string, string>> };
    },
  );
}

/** References to other resources are outputs. */
function unresolved(value: Value): Value {
  if (typeof value === "string") return value.startsWith("${") ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(unresolved);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unresolved(each ?? null)]));
}
