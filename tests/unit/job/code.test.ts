import assert from "node:assert/strict";
import fc from "fast-check";
import { withFetchedCode } from "../../../provider/job/code.ts";
import { fingerprintOf } from "../../../provider/job/fingerprint.ts";
import { specOf } from "../../../provider/job/manifest.ts";
import { isPlace, lastNameOf, sourceOf } from "../../../provider/job/source.ts";
import { listOf, type PropertyMap } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

describe("withFetchedCode", () => {
  const uriOf = (runtimeEnv: PropertyMap) => String(withFetchedCode(runtimeEnv).workingDir);
  const moduleOf = (uri: string) => String(listOf(withFetchedCode({ pyModules: [uri] }).pyModules)[0]);

  it("leaves all else as it is", () => {
    const runtimeEnv = { workingDir: "s3://b/c.zip", pyModules: ["gs://b/m.whl"], pip: ["a"], envVars: { A: "1" } };
    assert.deepEqual(withFetchedCode(runtimeEnv), runtimeEnv);
  });

  it("gives another name for another URI, by which Ray caches, and the same one for the same", () => {
    const uri = fc.webPath().map((path) => `s3://bucket/a${path}`);
    fc.assert(
      fc.property(uri, uri, (a, b) => {
        assert.match(uriOf({ workingDir: a }), /^file:\/\/\/var\/lib\/rayjob\/code\/[0-9a-f]{16}\.zip$/);
        assert.equal(uriOf({ workingDir: a }) === uriOf({ workingDir: b }), a === b);
      }),
    );
    assert.notEqual(uriOf({ workingDir: "s3://b/c" }), moduleOf("s3://b/c"), "they are packed differently");
  });

  it("keeps the name of a wheel, which says what is in it", () => {
    assert.match(moduleOf("pvc://c/wheels/lib-1.0-py3-none-any.whl"), /\/[0-9a-f]{16}\/lib-1\.0-py3-none-any\.whl$/);
    assert.equal(moduleOf("s3://c/lib-1.0-py3-none-any.whl"), "s3://c/lib-1.0-py3-none-any.whl");
  });

  it("leaves to Ray what it takes for a package, whatever follows the name, and of tar files what newer Ray takes", () => {
    for (const uri of ["s3://b/c.zip?versionId=1", "s3://b/c.tgz", "s3://b/c.tar.gz", "s3://b/c.tar.xz"])
      assert.equal(uriOf({ workingDir: uri }), uri);
    assert.match(uriOf({ workingDir: "s3://b/c?a.zip" }), /^file:/);
    assert.match(uriOf({ workingDir: "pvc://b/c.tgz" }), /^file:/);
  });

  it("is what Ray is told, and no part of what the job is: another version of this package may fetch it otherwise", () => {
    const job = aJob({ runtimeEnv: { workingDir: "s3://b/code" } });
    assert.match(String(specOf(job).runtimeEnvYAML), /^working_dir: file:\/\/\/var\/lib\/rayjob\/code\/\S+\.zip\n$/);
    assert.equal(fingerprintOf(job), "1bdc1b4b642516098de5a4834eefc6d93ba00fed3fcd2bc3debb3441f91723f5");
  });
});

describe("sourceOf", () => {
  const places: { uri: string; is: boolean; name?: string }[] = [
    { uri: "s3://bucket", is: true, name: "" },
    { uri: "s3://bucket/a/b/", is: true, name: "b" },
    { uri: "pvc://claim.one/a", is: true, name: "a" },
    { uri: "https://host/a.zip?b=/c", is: true, name: "a.zip" },
    { uri: "https://host/", is: false },
    { uri: "https://host?a=/b", is: false },
    { uri: "pvc:///a", is: false },
    { uri: "pvc://Claim/a", is: false },
    { uri: "pvc://claim/a/../../b", is: false },
    { uri: "s3:///a", is: false },
    { uri: "https://me:hunter2@host/a.zip", is: false },
    { uri: "https://host/a@b.zip", is: true, name: "a@b.zip" },
    { uri: "./a", is: false },
    { uri: "C:\\a", is: false },
  ];
  for (const { uri, is, name } of places) {
    it(`${is ? "takes" : "does not take"} ${uri} for a place`, () => {
      assert.equal(isPlace(uri), is);
      const source = sourceOf(uri);
      if (name !== undefined) assert.equal(source && lastNameOf(source), name);
    });
  }
});
