import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { languages } from "./languages.ts";

const root = resolve(import.meta.dirname, "../..");
const converted = globSync(join(root, "provider/schema/examples/converted/*/*.md"));

describe("the examples in the documentation of the resources", () => {
  for (const { name, folder, install, check } of languages) {
    it(`are programs that ${name} takes with the SDK`, async () => {
      const project = await mkdtemp(join(tmpdir(), "rayjob-examples-"));
      try {
        await cp(join(root, "examples/quickstart", folder), project, { recursive: true });
        await install(project);
        const programs = converted.map((file) => [nameOf(file), programIn(file, folder)]);
        assert(programs.length > 10, `${programs.length}`);
        await check(project, Object.fromEntries(programs));
      } finally {
        await rm(project, { recursive: true });
      }
    });
  }
});

function nameOf(file: string): string {
  return `${basename(dirname(file))}_${basename(file, ".md").replaceAll("-", "_")}`;
}

function programIn(file: string, language: string): string {
  const [, program] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(readFileSync(file, "utf8")) ?? [];
  assert(program !== undefined, `${file} has no ${language}`);
  return program;
}
