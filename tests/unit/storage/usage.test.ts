import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { markLeft, markUsed, markUsedToo } from "../../../provider/storage/usage.ts";
import { type Answer, type Seen, StandIn, tagsAnswer } from "../../support/s3StandIn.ts";

const place = { bucket: "code", key: "working-dirs/abc.zip" };
const never = new AbortController().signal;
const [a, b, unused, shared] = ["rayjob/used-by-a", "rayjob/used-by-b", "rayjob/unused", "rayjob/shared"];
const changes = { stored: markUsed, used: markUsedToo, left: markLeft };
const tenUsers = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`rayjob/used-by-${index}`, "true"]));
const tenOfOthers = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`team-${index}`, "true"]));

type Tags = Readonly<Record<string, string>>;

describe("the users of a package", () => {
  let server: StandIn;
  let tags: Tags;

  afterEach(() => server.dispose());

  const cases: { who: keyof typeof changes; before: Tags; after: Tags; because: string }[] = [
    { who: "stored", before: {}, after: { [a]: "true" }, because: "it is the first one" },
    { who: "used", before: {}, after: { [shared]: "true" }, because: "who has stored it could not say so" },
    {
      who: "used",
      before: { team: "vision" },
      after: { team: "vision", [shared]: "true" },
      because: "nor is a tag of somebody's own a word of it",
    },
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
      before: { [shared]: "true" },
      after: { [shared]: "true" },
      because: "nobody knows who does",
    },
    { who: "used", before: tenUsers, after: { [shared]: "true" }, because: "S3 takes no eleventh tag" },
    { who: "used", before: tenOfOthers, after: tenOfOthers, because: "none of somebody else's is taken away" },
    { who: "left", before: tenOfOthers, after: tenOfOthers, because: "there is no place for another" },
  ];
  for (const { who, before, after, because } of cases) {
    it(`are ${JSON.stringify(after)} when one has ${who} what had ${JSON.stringify(before)}: ${because}`, async () => {
      server = await serving(before);
      await changes[who](await server.connect(), place, "a", never);
      assert.deepEqual(tags, after);
      assert.equal(server.asked.length, JSON.stringify(before) === JSON.stringify(after) ? 1 : 3);
    });
  }

  it("are noted where a server says of an object without tags that there is no set of them", async () => {
    server = await serving({}, ({ what }) => {
      const isEmpty = what === "GET tagging" && Object.keys(tags).length === 0;
      return isEmpty ? { status: 404, code: "NoSuchTagSet" } : undefined;
    });
    await markUsed(await server.connect(), place, "a", never);
    assert.deepEqual(tags, { [a]: "true" });
  });

  it("are written alone where a server does not copy what it has", async () => {
    server = await serving({ [a]: "true" }, ({ what }) =>
      what === "PUT" ? { status: 400, code: "InvalidRequest" } : undefined,
    );
    await markLeft(await server.connect(), place, "a", never);
    assert.deepEqual(server.asked, ["GET tagging", "PUT", "PUT tagging", "GET tagging"]);
    assert.deepEqual(tags, { [unused]: "true" });
  });

  for (const [answer, kind] of [
    [{ status: 400, code: "ExpiredToken" }, "expired"],
    [{ status: 403, code: "AccessDenied" }, "denied"],
  ] as const) {
    it(`stay when the object cannot be made new for once (${kind}): an old one with the mark goes at once`, async () => {
      server = await serving({ [a]: "true" }, ({ what }) => (what === "PUT" ? answer : undefined));
      await assert.rejects(markLeft(await server.connect(), place, "a", never), { kind });
      assert.deepEqual(tags, { [a]: "true" });
    });
  }

  it("are written together with the object, which is new then, when the last one leaves", async () => {
    server = await serving({ [a]: "true" });
    await markLeft(await server.connect(), place, "a", never);
    assert.deepEqual(server.asked, ["GET tagging", "PUT", "GET tagging"]);
    const { path, headers } = server.seen[1] ?? {};
    assert.equal(path, "/code/working-dirs/abc.zip");
    assert.equal(headers?.["x-amz-copy-source"], "code/working-dirs/abc.zip");
    assert.equal(headers?.["content-type"], "application/zip");
    assert.equal(headers?.["x-amz-metadata-directive"], "REPLACE");
  });

  it("are not written where they are as they should be, in whatever order a server keeps them", async () => {
    server = await serving({ [a]: "true", team: "vision" });
    await markUsed(await server.connect(), place, "a", never);
    assert.deepEqual(server.asked, ["GET tagging"]);
  });

  it("are both noted when each has looked before the other has written", async () => {
    let looked = 0;
    server = await serving({}, async ({ what }) => {
      if (what !== "GET tagging" || ++looked > 2) return undefined;
      const seen = tagsAnswer(tags);
      while (looked < 2) await pause(1);
      return seen;
    });
    const storage = await server.connect();
    await Promise.all(["a", "b"].map((user) => markUsed(storage, place, user, never)));
    assert.deepEqual(tags, { [a]: "true", [b]: "true" });
  });

  it("is refused by name of the permissions", async () => {
    server = await serving({}, () => ({ status: 403, code: "AccessDenied" }));
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
      server = await serving({}, () => ({ status: 404, code }));
      await assert.rejects(markLeft(await server.connect(), place, "a", never), { kind });
    });
  }

  /** A server that keeps the tags as S3 does; `otherwise` may answer in its place. */
  function serving(
    before: Tags,
    otherwise: (request: Seen) => Answer | undefined | Promise<Answer | undefined> = () => undefined,
  ): Promise<StandIn> {
    tags = before;
    return StandIn.start(async (request) => (await otherwise(request)) ?? kept(request));
  }

  function kept({ what, headers, body }: Seen): Answer {
    if (what === "GET tagging") return tagsAnswer(tags);
    if (what === "PUT tagging") {
      const pairs = body.toString().matchAll(/<Key>(.*?)<\/Key><Value>(.*?)<\/Value>/g);
      tags = Object.fromEntries([...pairs].map(([, key = "", value = ""]) => [key, value]));
      return { status: 200 };
    }
    tags = Object.fromEntries(new URLSearchParams(String(headers["x-amz-tagging"])));
    return { status: 200, body: "<CopyObjectResult><ETag>etag</ETag></CopyObjectResult>" };
  }
});
