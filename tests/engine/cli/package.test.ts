import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandLine } from "../../support/commandLine.ts";

describe("rayjob package", () => {
  let folder: string;
  let job: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "rayjob-package-"));
    job = join(folder, "job");
    await mkdir(join(job, "data"), { recursive: true });
    await writeFile(join(job, "train.py"), "print(1)\n");
    await writeFile(join(job, "data", "large.csv"), "1,2\n");
    await writeFile(join(job, "run.sh"), "exec python train.py\n");
    await chmod(join(job, "run.sh"), 0o755);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("writes the same zip file again, and says what is in it", async () => {
    const [first, second] = [join(folder, "first.zip"), join(folder, "second.zip")];
    const { code, stdout, stderr } = await run(job, "--exclude", "*.csv", "--json", "-o", first);
    assert.deepEqual([code, stderr], [0, ""]);
    const said = JSON.parse(stdout);
    const zip = await readFile(first);
    assert.equal(said.zipBytes, zip.length);
    assert.deepEqual(
      said.files.map(({ path, mode }: { path: string; mode: string }) => `${mode} ${path}`),
      ["755 run.sh", "644 train.py"],
    );
    assert.deepEqual(membersOf(first), ["working-dir/run.sh", "working-dir/train.py"]);
    const again = await run(job, "-e", "*.csv", "-o", second);
    assert.equal(again.stdout, `${said.hash}  2 files, 30 bytes\n`);
    assert.deepEqual(await readFile(second), zip);
  });

  it("prints what would be packaged, and writes nothing", async () => {
    const { code, stdout } = await run(job, "--list");
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^644 {3}4 {2}\w{12} {2}data\/large\.csv\n755 {2}21 .*run\.sh\n644 {3}9 .*train\.py\n\w{64} {2}3 files/,
    );
    assert.deepEqual((await readdir(folder)).sort(), ["job"]);
  });

  it("exits 1 for what cannot be packaged, with the reason alone", async () => {
    const { code, stdout, stderr } = await run(join(folder, "nowhere"), "--json");
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^Cannot package ".*\/nowhere": there is no such directory\. Correct the path\n$/);
  });

  it("puts no file in the place of a device", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const { code, stderr } = await run(job, "-o", pipe);
    assert.equal(code, 1);
    assert.match(stderr, /^Cannot write ".*\/pipe": it is no file\. /);
    assert.deepEqual((await readdir(folder)).sort(), ["job", "pipe"]);
    assert((await stat(pipe)).isFIFO());
  });

  it("refuses to write into the directory that it packages", async () => {
    const { code, stderr } = await run(job, "-o", join(job, "job.zip"));
    assert.equal(code, 1);
    assert.match(stderr, /add --exclude '\/job\.zip'\n$/);
  });

  it("leaves the file that is there, and nothing else, when the disk is full", async () => {
    const disk = join(folder, "disk");
    await mkdir(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
    try {
      await writeFile(join(disk, "job.zip"), "the one before");
      await writeFile(join(job, "noise"), execFileSync("head", ["-c", "300000", "/dev/urandom"]));
      const { code, stderr } = await run(job, "-o", join(disk, "job.zip"));
      assert.equal(code, 1);
      assert.equal(
        stderr,
        `Cannot write "${join(disk, "job.zip")}": the disk is full. Make room, or write it elsewhere\n`,
      );
      assert.deepEqual(await readdir(disk), ["job.zip"]);
      assert.equal(await readFile(join(disk, "job.zip"), "utf8"), "the one before");
    } finally {
      execFileSync("umount", [disk]);
    }
  });
});

function run(...args: string[]) {
  return new CommandLine(["package", ...args]).ended();
}

function membersOf(file: string): string[] {
  const listed = "import sys, zipfile; print('\\n'.join(zipfile.ZipFile(sys.argv[1]).namelist()))";
  return execFileSync("python3", ["-c", listed, file], { encoding: "utf8" }).trim().split("\n");
}
