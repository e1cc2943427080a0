import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeCommandLine } from "./commandLine.ts";
import { writePlugin } from "./plugin.ts";
import { tag } from "./tag.ts";

// Builds what is released, into build/release: `tag`, the files that a release tag carries, and the npm package with the
// command line. With --tag it makes the tag, too. --crds says where KubeRay's CRDs are, as `crds.source` does: a folder or
// a base URL; by default KubeRay's own release.

const root = resolve(import.meta.dirname, "..");
const { values } = parseArgs({ options: { crds: { type: "string" }, tag: { type: "boolean", default: false } } });
const output = join(root, "build", "release");

await rm(output, { recursive: true, force: true });
await writePlugin(root, join(output, "tag"), values.crds);
console.log(`${join("build", "release", "tag")}: the files of a release tag`);
console.log(`${join("build", "release", await writeCommandLine(root, output))}: the npm package`);
if (values.tag) console.log(tag(root, join(output, "tag")));
