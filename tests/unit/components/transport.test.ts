import assert from "node:assert/strict";
import { transportWarning } from "../../../provider/components/workingDirBucket/transport.ts";

describe("transportWarning", () => {
  it("names the server that has no TLS, and what to set", () => {
    assert.match(
      transportWarning(true, "http://minio:9000") ?? "",
      /^The S3 server http:\/\/minio:9000 has no TLS.*`requireTls` to false/,
    );
  });

  it("says nothing of a server that has TLS, of AWS, and of a bucket that takes anything", () => {
    assert.equal(transportWarning(true, "https://minio:9000"), undefined);
    assert.equal(transportWarning(true, undefined), undefined);
    assert.equal(transportWarning(false, "http://minio:9000"), undefined);
  });
});
