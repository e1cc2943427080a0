import assert from "node:assert/strict";
import { clearUnused, markUnused } from "../../../provider/storage/unusedTag.ts";
import { type Answer, StandIn, tagsAnswer } from "../../support/s3StandIn.ts";

const place = { bucket: "code", key: "working-dirs/abc.zip" };
const never = new AbortController().signal;

describe("the mark of a package that nobody uses", () => {
  let server: StandIn;

  afterEach(() => server.dispose());

  it("is set beside the tags that others have set", async () => {
    server = await serving(tagsAnswer({ team: "vision" }));
    await markUnused(await server.connect(), place, never);
    assert.deepEqual(server.asked, ["GET tagging", "PUT tagging"]);
    assert.deepEqual(written(), { team: "vision", "rayjob/unused": "true" });
  });

  it("is taken off, and the others stay", async () => {
    server = await serving(tagsAnswer({ "rayjob/unused": "true", team: "vision" }));
    await clearUnused(await server.connect(), place, never);
    assert.deepEqual(written(), { team: "vision" });
  });

  it("is taken off by a request of its own where it is the only one: some servers take no empty set", async () => {
    server = await serving(tagsAnswer({ "rayjob/unused": "true" }));
    await clearUnused(await server.connect(), place, never);
    assert.deepEqual(server.asked, ["GET tagging", "DELETE tagging"]);
  });

  it("is set where a server says of an object without tags that there is no set of them", async () => {
    server = await serving({ status: 404, code: "NoSuchTagSet" });
    await markUnused(await server.connect(), place, never);
    assert.deepEqual(written(), { "rayjob/unused": "true" });
  });

  it("is not written where it is as it should be", async () => {
    server = await serving(tagsAnswer({ team: "vision" }));
    await clearUnused(await server.connect(), place, never);
    assert.deepEqual(server.asked, ["GET tagging"]);
  });

  it("is refused by name of the permissions", async () => {
    server = await serving({ status: 403, code: "AccessDenied" });
    await assert.rejects(markUnused(await server.connect(), place, never), {
      kind: "denied",
      message:
        /^Cannot tag s3:\/\/code\/working-dirs\/abc\.zip: access denied .* s3:GetObjectTagging, s3:PutObjectTagging, /,
    });
  });

  for (const [code, kind] of [
    ["NoSuchKey", "missingObject"],
    ["NoSuchBucket", "missingBucket"],
  ] as const) {
    it(`tells by ${kind} that there is nothing to mark`, async () => {
      server = await serving({ status: 404, code });
      await assert.rejects(markUnused(await server.connect(), place, never), { kind });
    });
  }

  function serving(tags: Answer): Promise<StandIn> {
    return StandIn.start(({ what }) => (what === "GET tagging" ? tags : { status: 200 }));
  }

  function written(): Record<string, string> {
    const text = server.seen.find(({ what }) => what === "PUT tagging")?.body.toString() ?? "";
    const pairs = text.matchAll(/<Key>(.*?)<\/Key><Value>(.*?)<\/Value>/g);
    return Object.fromEntries([...pairs].map(([, key = "", value = ""]) => [key, value]));
  }
});
