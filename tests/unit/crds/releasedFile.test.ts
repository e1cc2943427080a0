import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type FoundFile, parse, verify } from "../../../provider/crds/releasedFile.ts";

describe("verify", () => {
  it("accepts files that hold what was released", () => {
    verify([fileOf("a: 1\n"), fileOf("b: 2\n")], "1.6.2");
  });

  it("refuses a file that differs in a line end, and says where, what and what now", () => {
    const changed = { ...fileOf("a: 1\n"), content: Buffer.from("a: 1\r\n") };
    assert.throws(() => verify([fileOf("b: 2\n"), changed], "1.6.2"), {
      message:
        `Cannot use /crds/file.yaml: its SHA-256 is ${hashOf("a: 1\r\n")}, but that of file.yaml in KubeRay 1.6.2 is ` +
        `${hashOf("a: 1\n")}. No CRD was applied. Set "source" to the files of KubeRay 1.6.2 as they were released, ` +
        'line ends included, or "version" to theirs',
    });
  });
});

describe("parse", () => {
  it("reads texts that look like other types as what they are", async () => {
    const parsed: unknown = await parse(fileOf('---\npattern: "^1$"\nno: off\nlong: >-\n  a\n  b\nnumber: 6379\n'));
    assert.deepEqual(parsed, { pattern: "^1$", no: "off", long: "a b", number: 6379 });
  });
});

function fileOf(text: string): FoundFile {
  const released = { name: "things.ray.io", file: "file.yaml", sha256: hashOf(text) };
  return { released, place: "/crds/file.yaml", content: Buffer.from(text) };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
