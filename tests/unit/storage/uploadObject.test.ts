import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { uploadObject } from "../../../provider/storage/uploadObject.ts";
import { type Answer, type Seen, StandIn, uploadCompleted, uploadStarted } from "../../support/s3StandIn.ts";

const place = { bucket: "code", key: "working-dirs/abc.zip" };
const never = new AbortController().signal;
const large = 20_000_000;

describe("uploadObject", () => {
  let server: StandIn;

  afterEach(() => server.dispose());

  it("sends little at once, on the condition that it is not there, with a checksum", async () => {
    server = await StandIn.start(() => ({ status: 200 }));
    await upload(10);
    assert.deepEqual(server.asked, ["PUT"]);
    const [{ headers, body }] = server.seen as [Seen];
    assert.equal(body.length, 10);
    assert.equal(headers["if-none-match"], "*");
    assert.equal(headers["content-type"], "application/zip");
    assert(headers["x-amz-checksum-crc32"]);
  });

  it("sends much in parts, and tells how much is sent", async () => {
    server = await StandIn.start(answerTo());
    const progress: number[] = [];
    await upload(large, { onProgress: (bytes: number) => progress.push(bytes) });
    assert.deepEqual(server.asked.toSorted(), [
      "POST upload",
      "POST uploads",
      "PUT part 1",
      "PUT part 2",
      "PUT part 3",
    ]);
    assert.equal(server.asked.at(-1), "POST upload");
    assert.equal(server.seen.at(-1)?.headers["if-none-match"], "*");
    assert.equal(progress.at(-1), large);
    const parts = server.seen.filter(({ what }) => what.startsWith("PUT"));
    assert.equal(
      parts.reduce((sum, { body }) => sum + body.length, 0),
      large,
    );
  });

  it("takes an object that somebody else has put there meanwhile for the same", async () => {
    server = await StandIn.start(() => ({ status: 412, code: "PreconditionFailed" }));
    await upload(10);
    assert.deepEqual(server.asked, ["PUT"]);
  });

  it("does so, too, when it finds out at the end of many parts, and removes these", async () => {
    server = await StandIn.start(answerTo({ "POST upload": { status: 412, code: "PreconditionFailed" } }));
    await upload(large);
    assert.equal(server.asked.at(-1), "DELETE upload");
  });

  it("looks for itself when the answer to its last request was lost", async () => {
    const answers: Answer[] = [{ status: 500 }];
    const noUpload: Answer = { status: 404, code: "NoSuchUpload" };
    server = await StandIn.start(answerTo({ "POST upload": () => answers.shift() ?? noUpload }));
    await upload(large);
    assert.deepEqual(server.asked.slice(-3), ["POST upload", "DELETE upload", "HEAD"]);
  });

  it("tries again where two write at once", async () => {
    const answers: Answer[] = [{ status: 409, code: "ConditionalRequestConflict" }];
    server = await StandIn.start(() => answers.shift() ?? { status: 200 });
    await upload(10);
    assert.deepEqual(server.asked, ["PUT", "PUT"]);
    assert.equal(server.seen[1]?.body.length, 10);
  });

  it("sets no condition for a server that does not know it", async () => {
    server = await StandIn.start(({ headers }) =>
      headers["if-none-match"] ? { status: 501, code: "NotImplemented" } : { status: 200 },
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
        '"code" to these credentials, or give the provider others',
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
    assert.equal(server.asked.at(-1), "DELETE upload");
    await pause(20);
    assert.equal(server.asked.at(-1), "DELETE upload");
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
});

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
    return what === "POST upload" ? uploadCompleted : { status: what === "DELETE upload" ? 204 : 200 };
  };
}
