import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { uploadObject } from "../../../provider/storage/uploadObject.ts";
import { type Answer, type Seen, StandIn, uploadCompleted, uploadStarted } from "../../support/s3StandIn.ts";

const place = { bucket: "code", key: "working-dirs/abc.zip" };
const never = new AbortController().signal;
const large = 20_000_000;

describe("uploadObject", () => {
  let server: StandIn;

  afterEach(() => server.dispose());

  it("sends little at once, on the condition that it is not there, with a checksum", async () => {
    server = await StandIn.start(answerTo());
    await upload(10);
    assert.deepEqual(server.asked, ["HEAD", "PUT"]);
    const { headers, body } = seen("PUT") as Seen;
    assert.equal(body.length, 10);
    assert.equal(headers["if-none-match"], "*");
    assert.equal(headers["content-type"], "application/zip");
    assert.equal(headers["x-amz-checksum-crc32"], checksumOf(body));
  });

  it("has a server compare the checksum of all parts together, if it can", async () => {
    const started = { ...uploadStarted, headers: { "x-amz-checksum-type": "FULL_OBJECT" } };
    server = await StandIn.start(answerTo({ "POST uploads": started }));
    await upload(large);
    const [begun, completed] = [seen("POST uploads"), seen("POST upload")];
    assert.equal(begun?.headers["x-amz-checksum-type"], "FULL_OBJECT");
    assert.equal(completed?.headers["x-amz-checksum-type"], "FULL_OBJECT");
    assert.equal(completed?.headers["x-amz-checksum-crc32"], checksumOf(Buffer.alloc(large, "x")));
  });

  it("does not send that checksum to a server that would take it for another one", async () => {
    server = await StandIn.start(answerTo());
    await upload(large);
    assert.equal(seen("POST upload")?.headers["x-amz-checksum-crc32"], undefined);
    assert(seen("PUT part 1")?.headers["x-amz-checksum-crc32"]);
  });

  for (const bytes of [10, large]) {
    it(`sends ${bytes} bytes again without checksums, but on the condition, to a server that refuses these`, async () => {
      const refused: Answer = { status: 501, code: "NotImplemented" };
      const answers = answerTo();
      server = await StandIn.start((request) =>
        Object.keys(request.headers).some((name) => /checksum/.test(name)) ? refused : answers(request),
      );
      await upload(bytes);
      assert.equal(server.seen.at(-1)?.headers["if-none-match"], "*");
    });
  }

  it("sends again what has arrived damaged, and says so when that goes on", async () => {
    const answers: Answer[] = [{ status: 400, code: "BadDigest" }];
    server = await StandIn.start(answerTo({ PUT: () => answers.shift() ?? { status: 200 } }));
    await upload(10);
    assert.deepEqual(server.asked, ["HEAD", "PUT", "HEAD", "PUT"]);
    answers.push(...Array.from({ length: 3 }, () => ({ status: 400, code: "BadDigest" })));
    await assert.rejects(upload(10), /what has arrived is not what was sent \(BadDigest, 400\)\. Nothing is stored/);
  });

  it("makes no object of what somebody else has put there meanwhile, even where a server passes over the condition", async () => {
    server = await StandIn.start(answerTo({ HEAD: { status: 200 } }));
    await upload(10);
    assert.deepEqual(server.asked, ["HEAD"]);
    await upload(large);
    assert.deepEqual(server.asked.slice(-2), ["HEAD", "DELETE upload"]);
    assert.equal(server.asked.includes("POST upload"), false);
  });

  it("sends much in parts, and tells how much is sent", async () => {
    server = await StandIn.start(answerTo());
    const progress: number[] = [];
    await upload(large, { onProgress: (bytes: number) => progress.push(bytes) });
    assert.deepEqual(server.asked.toSorted(), [
      "HEAD",
      "POST upload",
      "POST uploads",
      "PUT part 1",
      "PUT part 2",
      "PUT part 3",
    ]);
    assert.equal(server.asked.at(-1), "POST upload");
    assert.equal(server.asked.at(-2), "HEAD");
    assert.equal(server.seen.at(-1)?.headers["if-none-match"], "*");
    assert.equal(progress.at(-1), large);
    const parts = server.seen.filter(({ what }) => what.startsWith("PUT"));
    assert.equal(
      parts.reduce((sum, { body }) => sum + body.length, 0),
      large,
    );
  });

  it("takes an object that somebody else has put there meanwhile for the same", async () => {
    server = await StandIn.start(answerTo({ PUT: { status: 412, code: "PreconditionFailed" } }));
    await upload(10);
    assert.deepEqual(server.asked, ["HEAD", "PUT"]);
  });

  it("does so, too, when it finds out at the end of many parts, and removes these", async () => {
    server = await StandIn.start(answerTo({ "POST upload": { status: 412, code: "PreconditionFailed" } }));
    await upload(large);
    assert.equal(server.asked.at(-1), "DELETE upload");
  });

  it("looks for itself when the answer to its last request was lost", async () => {
    const answers: Answer[] = [{ status: 500 }];
    const noUpload: Answer = { status: 404, code: "NoSuchUpload" };
    const heads: Answer[] = [{ status: 404 }];
    const replies = { HEAD: () => heads.shift() ?? { status: 200 }, "POST upload": () => answers.shift() ?? noUpload };
    server = await StandIn.start(answerTo(replies));
    await upload(large);
    assert.deepEqual(server.asked.slice(-3), ["POST upload", "DELETE upload", "HEAD"]);
  });

  it("tries again where two write at once", async () => {
    const answers: Answer[] = [{ status: 409, code: "ConditionalRequestConflict" }];
    server = await StandIn.start(answerTo({ PUT: () => answers.shift() ?? { status: 200 } }));
    await upload(10);
    assert.deepEqual(server.asked, ["HEAD", "PUT", "HEAD", "PUT"]);
    assert.equal(server.seen.at(-1)?.body.length, 10);
  });

  it("sets no condition for a server that does not know it", async () => {
    const answers = answerTo();
    server = await StandIn.start((request) =>
      request.headers["if-none-match"] ? { status: 501, code: "NotImplemented" } : answers(request),
    );
    await upload(10);
    assert.equal(server.seen.at(-1)?.headers["if-none-match"], undefined);
  });

  it("sends a part again that was not taken", async () => {
    const answers: Answer[] = [{ status: 503, code: "SlowDown" }];
    server = await StandIn.start(answerTo({ "PUT part 2": () => answers.shift() ?? { status: 200 } }));
    await upload(large);
    assert.equal(server.asked.filter((what) => what === "PUT part 2").length, 2);
    assert.equal(server.asked.at(-1), "POST upload");
  });

  it("removes the parts when one of them is refused, and says why", async () => {
    server = await StandIn.start(answerTo({ "PUT part 2": { status: 403, code: "AccessDenied" } }));
    await assert.rejects(upload(large), {
      message:
        "Cannot upload s3://code/working-dirs/abc.zip: access denied (AccessDenied, 403). Allow s3:PutObject on the bucket " +
        '"code" to these credentials, or give the provider others. A bucket that was made with `requireTls`, as it is by default, denies whatever comes without TLS',
    });
    assert.equal(server.asked.at(-1), "DELETE upload");
    assert.equal(server.asked.includes("POST upload"), false);
  });

  it("says why it has failed even where the parts cannot be removed", async () => {
    const refusals = { "PUT part 2": denied, "DELETE upload": denied };
    server = await StandIn.start(answerTo(refusals));
    await assert.rejects(upload(large), /Cannot upload .* Allow s3:PutObject/);
  });

  it("names a bucket that does not exist", async () => {
    server = await StandIn.start(() => ({ status: 404, code: "NoSuchBucket" }));
    await assert.rejects(upload(10), {
      message:
        `Cannot upload s3://code/working-dirs/abc.zip: there is no bucket "code" on ${server.endpoint}. Create it, or ` +
        "correct `bucket`",
    });
  });

  for (const bytes of [10, large]) {
    it(`leaves nothing, and throws what has happened, when the bytes fail after ${bytes}`, async () => {
      server = await StandIn.start(answerTo());
      await assert.rejects(upload(bytes, {}, new RangeError("changed")), { name: "RangeError", message: "changed" });
      assert.equal(server.asked.includes("PUT"), false);
      assert.equal(server.asked.includes("POST upload"), false);
      if (bytes === large) assert.equal(server.asked.at(-1), "DELETE upload");
    });
  }

  it("stops when it is cancelled, in the middle of a part, and removes what was sent before it says so", async () => {
    const cancelling = new AbortController();
    server = await StandIn.start(
      answerTo({
        "PUT part 2": () => {
          cancelling.abort(new Error("The operation was cancelled"));
          return undefined;
        },
      }),
    );
    await assert.rejects(upload(large, { signal: cancelling.signal }), { message: "The operation was cancelled" });
    assert(server.asked.includes("DELETE upload"));
    await pause(20);
    // A part that was on its way may come later, to an upload that is no more.
    const later = server.asked.slice(server.asked.lastIndexOf("DELETE upload") + 1);
    assert(
      later.every((request) => request.startsWith("PUT part")),
      later.join(),
    );
  });

  it("removes an upload in parts that it was just beginning when it was cancelled", async () => {
    const cancelling = new AbortController();
    server = await StandIn.start(
      answerTo({
        "POST uploads": async () => {
          cancelling.abort(new Error("The operation was cancelled"));
          await pause(50);
          return uploadStarted;
        },
      }),
    );
    await assert.rejects(upload(large, { signal: cancelling.signal }), { message: "The operation was cancelled" });
    assert.deepEqual(server.asked, ["POST uploads", "DELETE upload"]);
  });

  it("sends nothing when it is cancelled before", async () => {
    server = await StandIn.start(answerTo());
    const signal = AbortSignal.abort(new Error("The operation was cancelled"));
    await assert.rejects(upload(10, { signal }), { message: "The operation was cancelled" });
    assert.deepEqual(server.asked, []);
  });

  it("makes its parts larger where there would be too many", async () => {
    server = await StandIn.start(answerTo());
    await upload(large, { mostBytes: 150_000_000_000 });
    assert.deepEqual(server.asked.filter((what) => what.startsWith("PUT")).sort(), ["PUT part 1", "PUT part 2"]);
  });

  const denied: Answer = { status: 403, code: "AccessDenied" };

  async function upload(bytes: number, more: object = {}, failure?: Error): Promise<void> {
    const options = { mostBytes: bytes, signal: never, ...more };
    await uploadObject(await server.connect(), place, () => Readable.from(pieces(bytes, failure)), options);
  }

  function seen(wanted: string): Seen | undefined {
    return server.seen.find(({ what }) => what === wanted);
  }
});

function checksumOf(bytes: Buffer): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum.toString("base64");
}

async function* pieces(bytes: number, failure?: Error): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < bytes; sent += 1_000_000) yield Buffer.alloc(Math.min(1_000_000, bytes - sent), "x");
  if (failure) throw failure;
}

type Reply = Answer | (() => Answer | undefined | Promise<Answer | undefined>);

/** A server on which all goes well but for some requests. */
function answerTo(exceptions: Readonly<Record<string, Reply>> = {}) {
  return ({ what }: Seen) => {
    const exception = exceptions[what];
    if (exception !== undefined) return typeof exception === "function" ? exception() : exception;
    if (what === "POST uploads") return uploadStarted;
    if (what === "HEAD") return { status: 404 };
    return what === "POST upload" ? uploadCompleted : { status: what === "DELETE upload" ? 204 : 200 };
  };
}
