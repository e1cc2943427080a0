import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

const [, bin = "", root = "", cacheHome = ""] = process.argv;
const { survey } = (await import(`${bin}/survey.js`)) as typeof import("../../provider/packaging/survey.ts");
const { zipOf } = (await import(`${bin}/zip/zip.js`)) as typeof import("../../provider/packaging/zip/zip.ts");

// A process of its own for each directory, so that its memory is that directory's, which runs what was built: to compile on the
// way takes as much memory as the package. Asked by lines, as Ray's process is.

for await (const _ of createInterface(process.stdin)) {
  await rm(join(cacheHome, "rayjob"), { recursive: true, force: true });
  const start = performance.now();
  const { files } = await survey(root, []);
  const surveyed = performance.now();
  let bytes = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done();
    },
  });
  await pipeline(zipOf(files), sink);
  const zipped = performance.now();
  await survey(root, []);
  const unchanged = performance.now() - zipped;
  const { maxRSS } = process.resourceUsage();
  console.log(
    JSON.stringify({
      survey: (surveyed - start) / 1000,
      zip: (zipped - surveyed) / 1000,
      unchanged: unchanged / 1000,
      bytes,
      megabytes: maxRSS / 1024,
    }),
  );
}
