import assert from "node:assert/strict";
import { createWriteStream } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import fc from "fast-check";
import { modeOf } from "../../provider/packaging/identity.ts";
import { survey } from "../../provider/packaging/survey.ts";
import { walk } from "../../provider/packaging/walk.ts";
import { zipOf } from "../../provider/packaging/zip/zip.ts";
import { removeTrees } from "../unit/packaging/aTree.ts";
import { casesTree, otherCases, rayCases } from "../unit/packaging/rayCases.ts";
import { plant } from "./plant.ts";
import { inMemory, Ray } from "./ray.ts";
import { aTree } from "./trees.ts";

// ORACLE_TREES=100000 for a longer run, ORACLE_SEED for another one.
const numRuns = Number(process.env.ORACLE_TREES ?? 3_000);
const seed = Number(process.env.ORACLE_SEED ?? 20_261_128);

describe("Ray's own packaging", () => {
  let ray: Ray;
  before(() => (ray = Ray.start()));
  after(() => ray.end());
  afterEach(removeTrees);

  it("packages what the table says that it packages", async () => {
    for (const each of rayCases) assert.deepEqual(await packagedByRay(each), each.packaged, each.because);
    for (const each of otherCases) assert.deepEqual(await packagedByRay(each), each.ray, each.because);
  });

  it(`agrees with ours on ${numRuns} random trees (seed ${seed}), and unpacks ours to the same`, async () => {
    const counts = { same: 0, onPurpose: 0, empty: 0, links: 0 };
    await fc.assert(
      fc.asyncProperty(aTree, async (tree) => {
        const folder = await mkdtemp(join(inMemory, "rayjob-oracle-"));
        try {
          const root = join(folder, "tree");
          await plant(root, tree);
          if (tree.links.length > 0) counts.links += await linksIn(root);
          await compare(root, tree.excludes, join(folder, "ours.zip"));
        } finally {
          await rm(folder, { recursive: true });
        }
      }),
      { numRuns, seed },
    );
    console.log(`      ${JSON.stringify(counts)}`);
    assert(counts.same > numRuns / 2 && counts.links > numRuns / 20, JSON.stringify(counts));

    async function compare(root: string, excludes: readonly string[], zip: string): Promise<void> {
      const { files } = await walk(root, excludes);
      const ours = files.map(({ path }) => path);
      const { members, differs } = await ray.packaged(root, excludes);
      if (differs.length === 0) assert.deepEqual(ours, inOrder(members));
      // Where we differ on purpose, we package more than Ray does, never less.
      else
        assert.deepEqual(
          members.filter((path) => !ours.includes(path)),
          [],
          differs.join("; "),
        );
      if (differs.length === 0) counts.same += 1;
      else counts.onPurpose += 1;
      if (files.length === 0) counts.empty += 1;
      else await compareUnpacked(root, excludes, zip);
    }
  });

  async function compareUnpacked(root: string, excludes: readonly string[], zip: string): Promise<void> {
    const { files } = await survey(root, excludes);
    await pipeline(zipOf(files), createWriteStream(zip));
    const unpacked = await ray.unpacked(zip);
    const expected = files.map(({ path, executable, digest }) => ({
      path,
      mode: modeOf(executable),
      digest: digest.toString("hex"),
    }));
    const byPath = new Map(unpacked.map((file) => [file.path, file]));
    assert.deepEqual(
      inOrder([...byPath.keys()]).map((path) => byPath.get(path)),
      expected,
    );
  }

  async function packagedByRay(each: (typeof rayCases)[number]): Promise<string[]> {
    const { root } = await casesTree(each);
    return inOrder((await ray.packaged(root, each.excludes ?? [])).members);
  }
});

async function linksIn(root: string): Promise<number> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isSymbolicLink()).length;
}

function inOrder(paths: readonly string[]): string[] {
  return paths.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
