import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const strays = [
  { file: "provider/values/path.ts", imports: "../job/args.ts", because: "values is the innermost room" },
  {
    file: "provider/job/manifest.ts",
    imports: "../kube/connection/connect.ts",
    because: "what decides needs no cluster",
  },
  { file: "provider/job/rules/rule.ts", imports: "../../server/serve.ts", because: "nor Pulumi" },
  { file: "provider/job/verdict.ts", imports: "node:fs/promises", because: "nor files" },
  { file: "provider/findings/shape.ts", imports: "../job/args.ts", because: "every resource's inputs have a shape" },
  { file: "provider/packaging/walk.ts", imports: "../storage/place.ts", because: "a package is made without a bucket" },
  { file: "provider/packaging/zip/zip.ts", imports: "@aws-sdk/client-s3", because: "nor AWS" },
  { file: "provider/storage/place.ts", imports: "../packaging/survey.ts", because: "a bucket holds anything" },
  { file: "provider/storage/request.ts", imports: "../server/session.ts", because: "it is reached without Pulumi" },
  {
    file: "provider/resources/workingDir/create.ts",
    imports: "@aws-sdk/client-s3",
    because: "there is one edge to S3",
  },
  {
    file: "provider/crds/newer.ts",
    imports: "../kube/crds/readCrd.ts",
    because: "what is newer is seen without a cluster",
  },
  { file: "provider/download/download.ts", imports: "../crds/release.ts", because: "it fetches anything" },
  {
    file: "provider/kube/watch/mailbox.ts",
    imports: "../../server/engineLog.ts",
    because: "a cluster is reached without Pulumi",
  },
  {
    file: "provider/server/wire.ts",
    imports: "../job/args.ts",
    because: "the protocol is the same for every resource",
  },
  {
    file: "provider/resources/rayJob/read.ts",
    imports: "@pulumi/pulumi",
    because: "the server takes its wrappers off",
  },
  { file: "provider/cli/wait/wait.ts", imports: "@pulumi/pulumi", because: "the command line needs no Pulumi" },
];

describe("the linter", () => {
  let report: string;

  before(async () => {
    const copy = await mkdtemp(join(tmpdir(), "rayjob-rooms-"));
    await copyFile(join(root, "biome.json"), join(copy, "biome.json"));
    for (const { file, imports } of strays) {
      await mkdir(dirname(join(copy, file)), { recursive: true });
      await writeFile(join(copy, file), `export * from "${imports}";\n`);
    }
    const biome = join(root, "node_modules/.bin/biome");
    const options = { cwd: copy, encoding: "utf8" } as const;
    const { stdout, stderr } = spawnSync(biome, ["lint", "--vcs-enabled=false", "--reporter=github"], options);
    report = stdout + stderr;
    await rm(copy, { recursive: true });
  });

  for (const { file, imports, because } of strays) {
    it(`keeps ${imports} out of ${file}: ${because}`, () => {
      const lines = report.split("\n").filter((line) => line.includes("noRestrictedImports") && line.includes(file));
      assert.equal(lines.length, 1, report);
    });
  }
});

const root = resolve(import.meta.dirname, "../..");
