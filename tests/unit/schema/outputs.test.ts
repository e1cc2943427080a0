import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { argumentTypes, packageSpec } from "./packageSpec.ts";

// Arguments have samples; that an output has a test can only be told by its name in the code of one. Names that are an
// argument's, too, say little here: what is asked for is that none is forgotten altogether.

const root = resolve(import.meta.dirname, "../../..");
const { resources, types } = packageSpec;

describe("every output", () => {
  const named = namesIn(
    globSync(resolve(root, "tests/{unit,engine,cluster,platform}/**/*.test.ts")).filter(isNoneOfThese),
  );

  for (const { part, name } of outputs()) {
    it(`is looked at by a test: ${part}`, () => {
      assert(named.has(name), `no test names ${part}`);
    });
  }
});

function outputs(): { part: string; name: string }[] {
  const written = argumentTypes(packageSpec);
  const read = Object.entries(types).filter(([token]) => !written.includes(token));
  return [
    ...Object.entries(resources).map(([token, { properties }]) => ({ token, properties })),
    ...read.map(([token, type]) => ({ token, properties: type.type === "object" ? type.properties : {} })),
  ].flatMap(({ token, properties }) =>
    Object.keys(properties).map((name) => ({ part: `${token.slice("rayjob:index:".length)}.${name}`, name })),
  );
}

/** What code calls things: the names of properties, and the words of texts, but no word of a comment. */
function namesIn(files: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      for (const word of node.text.split(/\W+/)) names.add(word);
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest));
  return names;
}

function isNoneOfThese(file: string): boolean {
  return !file.includes("tests/unit/schema/");
}
