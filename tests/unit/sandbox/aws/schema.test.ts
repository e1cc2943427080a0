import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { schema } from "../../../sandbox/providers/aws/schema.ts";

const require = createRequire(import.meta.url);

describe("the schema of the sandbox's aws provider", () => {
  it("has the version of the official package, which programs ask for", () => {
    assert.equal(schema.version, require("@pulumi/aws/package.json").version);
  });

  for (const [token, { inputProperties, requiredInputs, properties }] of Object.entries(schema.resources)) {
    it(`has of ${token} a part of what the official package has`, () => {
      const source = sourceOf(token);
      assert(source.includes(`__pulumiType = '${token}'`));
      assert.deepEqual(strangers(inputProperties, source, "args"), []);
      assert.deepEqual(strangers(properties, source, "state"), []);
      const required = [...source.matchAll(/Missing required property '(\w+)'/g)].map(([, name]) => name);
      assert.deepEqual([...requiredInputs].sort(), required.sort());
    });
  }
});

function sourceOf(token: string): string {
  const [, path] = token.split(":");
  return readFileSync(require.resolve(`@pulumi/aws/${path}.js`), "utf8");
}

function strangers(properties: object, source: string, from: string): string[] {
  return Object.keys(properties).filter((name) => !source.includes(`resourceInputs["${name}"] = ${from}?.${name};`));
}
