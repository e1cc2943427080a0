import assert from "node:assert/strict";
import { asset, type Inputs, output, secret } from "@pulumi/pulumi";
import { argumentsOf } from "../../../../provider/components/argument.ts";
import { packageCode } from "../../../../provider/components/rayJobComponent/code.ts";
import { Registrations, resolved } from "../registrations.ts";

const entrypoint = "python train.py";
const bucket = "code";

describe("the code of a job", () => {
  it("becomes a package where it is a local directory, and its script is looked for in it", async () => {
    const { made, runtimeEnv } = await packaged({ workingDir: "./a", excludes: ["b"], pip: ["c"] });
    assert.deepEqual(made, { "it-train": { path: "./a", bucket, excludes: ["b"], expectedFiles: ["train.py"] } });
    assert.deepEqual(runtimeEnv, { workingDir: "s3://packages/it-train", pip: ["c"] });
  });

  it("is stored as it is where it is a ready zip file, which no excludes hold for", async () => {
    const { made } = await packaged({ workingDir: "a.zip", excludes: ["b"] }, "train");
    assert.deepEqual(made, { "it-train": { path: "a.zip", bucket } });
  });

  it("can be one of Pulumi's archives", async () => {
    const archive = new asset.AssetArchive({
      "train.py": new asset.StringAsset("x"),
      lib: new asset.FileArchive("lib"),
    });
    const { made, runtimeEnv } = await packaged({ workingDir: archive, excludes: ["b"] }, "train");
    const { archive: given, ...others } = made["it-train"] ?? {};
    assert.deepEqual(others, { bucket, excludes: ["b"] });
    assert.deepEqual(Object.keys(await (given as asset.AssetArchive).assets).sort(), ["lib", "train.py"]);
    assert.deepEqual(runtimeEnv, { workingDir: "s3://packages/it-train" });
  });

  it("is fetched by the job where the archive is on a server", async () => {
    const uri = "https://example.com/code.zip";
    const { made, runtimeEnv } = await packaged({ workingDir: new asset.RemoteArchive(uri) });
    assert.deepEqual([made, runtimeEnv], [{}, { workingDir: uri }]);
  });

  for (const workingDir of ["s3://code/a.zip", "s3://code/prefix", "pvc://claim/path", "https://example.com/a.zip"]) {
    it(`is passed on where it is ${workingDir}`, async () => {
      const { made, inputs } = await packaged({ workingDir, excludes: ["b"] });
      assert.deepEqual([made, inputs], [{}, {}]);
    });
  }

  it("holds modules: directories with themselves, wheels and zip files as they are, and URIs", async () => {
    const uri = "s3://code/other.whl";
    const wheel = "dist/model-1.0-py3-none-any.whl";
    const archive = new asset.FileArchive("./packed");
    const pyModules = ["libs/tools", uri, wheel, "mods.zip", archive, "other/tools", new asset.AssetArchive({})];
    const { made, runtimeEnv } = await packaged({ pyModules, excludes: ["*.log"] });
    const excludes = ["*.log"];
    assert.deepEqual(
      Object.keys(made).sort(),
      ["archive", "model", "mods", "packed", "tools", "tools-2"].map(childNamed),
    );
    assert.deepEqual(made["it-train.tools"], { path: "libs/tools", bucket, excludes, includeParentDir: true });
    assert.deepEqual(made["it-train.model"], { path: wheel, bucket });
    assert.deepEqual(made["it-train.mods"], { path: "mods.zip", bucket, asModule: true });
    assert.equal(made["it-train.packed"]?.includeParentDir, true);
    assert.equal(made["it-train.archive"]?.includeParentDir, undefined);
    const { pyModules: given } = runtimeEnv as { readonly pyModules: readonly string[] };
    assert.deepEqual(given.slice(0, 3), ["s3://packages/it-train.tools", uri, "s3://packages/it-train.model"]);
  });

  it("is packaged alike when the job says it by outputs", async () => {
    const runtimeEnv = output({ workingDir: "./a", pyModules: [output("libs/tools")] });
    const { made } = await packaged(runtimeEnv);
    assert.deepEqual(Object.keys(made), ["it-train", "it-train.tools"]);
    assert.equal(made["it-train.tools"]?.path, "libs/tools");
  });

  it("does not tell a secret entrypoint's script", async () => {
    const { made } = await packaged({ workingDir: "./a" }, secret(entrypoint));
    assert.deepEqual(made["it-train"]?.expectedFiles, { [signature]: sealed, value: ["train.py"] });
  });
});

async function packaged(runtimeEnv: unknown, command: unknown = entrypoint) {
  const registrations = Registrations.start(({ name }) => ({ uri: `s3://packages/${name}` }));
  const job = await argumentsOf({ entrypoint: command, runtimeEnv } as Inputs);
  const { inputs, resources } = packageCode("it-train", job, {
    bucket,
    prefix: undefined,
    claimNames: {},
    options: {},
  });
  const settled = await resolved(output(inputs as Inputs));
  await Promise.all(resources.map(({ urn }) => resolved(urn)));
  const made = [...registrations.inputs].map(([key, value]) => [key.split(" ")[1], { ...value }] as const);
  return { made: Object.fromEntries(made), inputs: settled, runtimeEnv: settled?.runtimeEnv };
}

function childNamed(module: string): string {
  return `it-train.${module}`;
}

const signature = "4dabf18193072939515e22adb298388d";
const sealed = "1b47061264138c4ac30d75fd1eb44270";
