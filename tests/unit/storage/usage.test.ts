import assert from "node:assert/strict";
import { markLeft, markUsed } from "../../../provider/storage/usage.ts";
import { type Answer, StandIn, tagsAnswer } from "../../support/s3StandIn.ts";

const place = { bucket: "code", key: "working-dirs/abc.zip" };
const never = new AbortController().signal;
const [a, b, unused] = ["rayjob/used-by-a", "rayjob/used-by-b", "rayjob/unused"];
const tenUsers = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`rayjob/used-by-${index}`, "true"]));
const tenOfOthers = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`team-${index}`, "true"]));

type Tags = Readonly<Record<string, string>>;

describe("the users of a package", () => {
  let server: StandIn;

  afterEach(() => server.dispose());

  const cases: { who: "used" | "left"; before: Tags; after: Tags; because: string }[] = [
    { who: "used", before: {}, after: { [a]: "true" }, because: "it is the first one" },
    {
      who: "used",
      before: { team: "vision", [b]: "true" },
      after: { team: "vision", [b]: "true", [a]: "true" },
      because: "others stay",
    },
    { who: "used", before: { [unused]: "true" }, after: { [a]: "true" }, because: "it is not unused any more" },
    { who: "left", before: { [a]: "true" }, after: { [unused]: "true" }, because: "it was the last one" },
    { who: "left", before: { [a]: "true", [b]: "true" }, after: { [b]: "true" }, because: "another one uses it" },
    { who: "left", before: { team: "vision" }, after: { team: "vision", [unused]: "true" }, because: "nobody uses it" },
    {
      who: "left",
      before: { "rayjob/shared": "true" },
      after: { "rayjob/shared": "true" },
      because: "nobody knows who does",
    },
    { who: "used", before: tenUsers, after: { "rayjob/shared": "true" }, because: "S3 takes no eleventh tag" },
    { who: "used", before: tenOfOthers, after: tenOfOthers, because: "none of somebody else's is taken away" },
    { who: "left", before: tenOfOthers, after: tenOfOthers, because: "there is no place for another" },
  ];
  for (const { who, before, after, because } of cases) {
    it(`are ${JSON.stringify(after)} when one has ${who} what had ${JSON.stringify(before)}: ${because}`, async () => {
      server = await serving(tagsAnswer(before));
      const change = who === "used" ? markUsed : markLeft;
      await change(await server.connect(), place, "a", never);
      assert.deepEqual(JSON.stringify(before) === JSON.stringify(after) ? before : written(), after);
      assert.equal(server.asked.length, JSON.stringify(before) === JSON.stringify(after) ? 1 : 2);
    });
  }

  it("are noted where a server says of an object without tags that there is no set of them", async () => {
    server = await serving({ status: 404, code: "NoSuchTagSet" });
    await markUsed(await server.connect(), place, "a", never);
    assert.deepEqual(written(), { [a]: "true" });
  });

  it("are written alone where a server does not copy what it has", async () => {
    server = await StandIn.start(({ what }) => {
      if (what === "GET tagging") return tagsAnswer({ [a]: "true" });
      return what === "PUT" ? { status: 400, code: "InvalidRequest" } : { status: 200 };
    });
    await markLeft(await server.connect(), place, "a", never);
    assert.deepEqual(server.asked, ["GET tagging", "PUT", "PUT tagging"]);
    assert.deepEqual(written(), { [unused]: "true" });
  });

  it("are written together with the object, which is new then, when the last one leaves", async () => {
    server = await serving(tagsAnswer({ [a]: "true" }));
    await markLeft(await server.connect(), place, "a", never);
    assert.deepEqual(server.asked, ["GET tagging", "PUT"]);
    const { path, headers } = server.seen.at(-1) ?? {};
    assert.equal(path, "/code/working-dirs/abc.zip");
    assert.equal(headers?.["x-amz-copy-source"], "code/working-dirs/abc.zip");
    assert.equal(headers?.["content-type"], "application/zip");
    assert.equal(headers?.["x-amz-metadata-directive"], "REPLACE");
  });

  it("are not written where they are as they should be", async () => {
    server = await serving(tagsAnswer({ [a]: "true" }));
    await markUsed(await server.connect(), place, "a", never);
    assert.deepEqual(server.asked, ["GET tagging"]);
  });

  it("is refused by name of the permissions", async () => {
    server = await serving({ status: 403, code: "AccessDenied" });
    await assert.rejects(markLeft(await server.connect(), place, "a", never), {
      kind: "denied",
      message:
        /^Cannot tag s3:\/\/code\/working-dirs\/abc\.zip: access denied .* s3:GetObjectTagging, s3:PutObjectTagging /,
    });
  });

  for (const [code, kind] of [
    ["NoSuchKey", "missingObject"],
    ["NoSuchBucket", "missingBucket"],
  ] as const) {
    it(`tells by ${kind} that there is nothing to mark`, async () => {
      server = await serving({ status: 404, code });
      await assert.rejects(markLeft(await server.connect(), place, "a", never), { kind });
    });
  }

  function serving(tags: Answer): Promise<StandIn> {
    const copied = { status: 200, body: "<CopyObjectResult><ETag>etag</ETag></CopyObjectResult>" };
    return StandIn.start(({ what }) => (what === "GET tagging" ? tags : what === "PUT" ? copied : { status: 200 }));
  }

  function written(): Record<string, string> {
    const copied = server.seen.at(-1)?.headers["x-amz-tagging"];
    if (copied !== undefined) return Object.fromEntries(new URLSearchParams(String(copied)));
    const text = server.seen.find(({ what }) => what === "PUT tagging")?.body.toString() ?? "";
    const pairs = text.matchAll(/<Key>(.*?)<\/Key><Value>(.*?)<\/Value>/g);
    return Object.fromEntries([...pairs].map(([, key = "", value = ""]) => [key, value]));
  }
});
