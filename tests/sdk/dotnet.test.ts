import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import type { PackageSchema } from "../../provider/findings/shape.ts";
import { packageSchema } from "../../provider/schema/packageSchema.ts";
import { interpreter, run } from "./languages.ts";

/** What a file of C# declares and makes, and where its syntax is wrong. */
interface Read {
  readonly types: readonly string[];
  readonly properties: readonly string[];
  readonly made: readonly { readonly type: string; readonly properties: readonly string[] }[];
  readonly mistakes: readonly string[];
}

const sdk = resolve(import.meta.dirname, "../../sdk/dotnet");
const quickstart = resolve(import.meta.dirname, "../../examples/quickstart/csharp/Program.cs");
const reader = join(import.meta.dirname, "dotnet/read.py");

// Neither a compiler of today's C# nor Pulumi's own SDK for it can be had from the registries that the tests use.
describe("the SDK for .NET", () => {
  let schema: PackageSchema;
  let files: ReadonlyMap<string, Read>;

  before(async () => {
    schema = await packageSchema();
    const paths = (await readdir(sdk, { recursive: true })).filter((path) => path.endsWith(".cs"));
    files = await readAll(paths.map((path) => join(sdk, path)));
  });

  it("is C# in every file", async () => {
    for (const [file, { mistakes }] of files) assert.deepEqual(mistakes, [], file);
    const folder = await mkdtemp(join(tmpdir(), "rayjob-dotnet-"));
    const broken = join(folder, "Broken.cs");
    await writeFile(broken, "class Broken { int Half( }");
    assert.notDeepEqual((await readAll([broken])).get(broken)?.mistakes, []);
    await rm(folder, { recursive: true });
  });

  it("has a class for every resource and type, and the arguments under their own names", () => {
    for (const [token, { inputProperties = {} }] of Object.entries(schema.resources ?? {})) {
      const name = nameOf(token);
      const { types, properties } = fileOf(name);
      assert(types.includes(name) && types.includes(`${name}Args`), token);
      assertHas(properties, Object.keys(inputProperties), token);
    }
    const enums = fileOf("Enums").types;
    for (const [token, type] of Object.entries(schema.types ?? {})) {
      const { enum: texts, properties = {} } = type as { readonly enum?: unknown; readonly properties?: object };
      const name = nameOf(token);
      if (texts !== undefined) assert(enums.includes(name), token);
      // What is only given back has no arguments.
      else if (files.has(join(sdk, `Inputs/${name}Args.cs`)))
        assertHas(fileOf(`Inputs/${name}Args`).properties, Object.keys(properties), token);
      else assert(fileOf(`Outputs/${name}`).types.includes(name), token);
    }
  });

  it("refers to no type of its own that it does not declare", async () => {
    const declared = new Set([...files.values()].flatMap(({ types }) => types));
    for (const file of files.keys()) {
      const text = await readFile(file, "utf8");
      const own = [...text.matchAll(/(?<![\w.])(?:Pulumi\.Rayjob\.)?(?:Inputs|Outputs)\.(\w+)/g)];
      for (const [reference, name = ""] of own) assert(declared.has(name), `${reference} in ${basename(file)}`);
    }
  });

  it("has what the quickstart in C# makes", async () => {
    const { mistakes, made } = (await readAll([quickstart])).get(quickstart) ?? assert.fail();
    assert.deepEqual(mistakes, []);
    const ours = made.filter(({ type }) => type.startsWith("Rayjob."));
    assert(ours.length > 8, JSON.stringify(made));
    for (const { type, properties } of ours) {
      const name = type.split(".").at(-1) ?? "";
      const declaration = [...files.values()].find(({ types }) => types.includes(name));
      assert(declaration, `There is no ${type}`);
      assertHas(declaration.properties, properties.map(uncapitalized), type);
    }
  });

  function fileOf(name: string): Read {
    const read = files.get(join(sdk, `${name}.cs`));
    assert(read, `There is no ${name}.cs`);
    return read;
  }
});

async function readAll(paths: readonly string[]): Promise<ReadonlyMap<string, Read>> {
  return new Map(Object.entries(JSON.parse(await run(interpreter(), [reader, ...paths]))));
}

function nameOf(token: string): string {
  return token.split(":").at(-1) ?? "";
}

function uncapitalized(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function assertHas(found: readonly string[], wanted: readonly string[], where: string): void {
  const missing = wanted.filter((name) => !found.includes(name));
  assert.deepEqual(missing, [], where);
}
