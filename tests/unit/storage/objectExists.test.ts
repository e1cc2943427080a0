import assert from "node:assert/strict";
import { objectExists } from "../../../provider/storage/objectExists.ts";
import { type Answer, StandIn } from "../../support/s3StandIn.ts";

const place = { bucket: "code", key: "working-dirs/abc.zip" };
const never = new AbortController().signal;

describe("objectExists", () => {
  let server: StandIn;

  afterEach(() => server.dispose());

  it("asks for nothing but the head of an object that is there", async () => {
    server = await StandIn.start(() => ({ status: 200 }));
    assert.equal(await objectExists(await server.connect(), place, never), true);
    assert.deepEqual(server.asked, ["HEAD"]);
    assert.equal(server.seen[0]?.path, "/code/working-dirs/abc.zip");
  });

  it("is false for one that is not there", async () => {
    server = await StandIn.start(() => ({ status: 404 }));
    assert.equal(await objectExists(await server.connect(), place, never), false);
  });

  it("is false in a bucket that does not exist", async () => {
    server = await StandIn.start(({ what }) =>
      what === "HEAD" ? { status: 400 } : { status: 404, code: "NoSuchBucket" },
    );
    assert.equal(await objectExists(await server.connect(), place, never), false);
  });

  const refusals: { readonly answer: Answer; readonly says: string }[] = [
    {
      answer: { status: 403, code: "AccessDenied" },
      says:
        'access denied (AccessDenied, 403). Allow s3:GetObject and s3:ListBucket on the bucket "code" to these credentials, ' +
        "or give the provider others. A bucket that was made with `requireTls`, as it is by default, denies whatever comes without TLS",
    },
    {
      answer: { status: 403, code: "InvalidAccessKeyId" },
      says: "URL does not accept the credentials (InvalidAccessKeyId, 403). Correct the keys or the profile",
    },
    {
      answer: { status: 403, code: "SignatureDoesNotMatch" },
      says: "URL does not accept the credentials (SignatureDoesNotMatch, 403). Correct the keys or the profile",
    },
    {
      answer: { status: 400, code: "ExpiredToken" },
      says: "the AWS credentials have expired (ExpiredToken, 400). Sign in again, or get new keys",
    },
    {
      answer: { status: 301, code: "PermanentRedirect", headers: { "x-amz-bucket-region": "eu-west-1" } },
      says: 'the bucket "code" is in the region eu-west-1. Set the provider\'s `region` to it',
    },
    {
      answer: { status: 400, code: "AuthorizationHeaderMalformed" },
      says:
        'the bucket "code" is in another region than the configured one (AuthorizationHeaderMalformed, 400). Correct the ' +
        "provider's `region`",
    },
    {
      answer: { status: 405, code: "MethodNotAllowed" },
      says: "URL answered MethodNotAllowed, 405: What S3 says.",
    },
  ];

  for (const { answer, says } of refusals) {
    it(`says what ${answer.code} means, although the answer to a HEAD does not`, async () => {
      server = await StandIn.start(() => answer);
      const storage = await server.connect();
      await assert.rejects(objectExists(storage, place, never), (error: Error) => {
        assert.equal(
          error.message.replaceAll(server.endpoint, "URL"),
          `Cannot look for s3://code/working-dirs/abc.zip: ${says}`,
        );
        return true;
      });
    });
  }

  it("goes on after a server that was overloaded for a moment", async () => {
    const answers: Answer[] = [{ status: 503 }, { status: 500 }];
    server = await StandIn.start(() => answers.shift() ?? { status: 200 });
    assert.equal(await objectExists(await server.connect(), place, never), true);
    assert.equal(server.seen.length, 3);
  });

  it("ends at once, with the reason, when it is cancelled", async () => {
    server = await StandIn.start(() => undefined);
    const cancelling = new AbortController();
    const looking = objectExists(await server.connect(), place, cancelling.signal);
    setTimeout(() => cancelling.abort(new Error("The operation was cancelled")), 50);
    await assert.rejects(looking, { message: "The operation was cancelled" });
  });
});
