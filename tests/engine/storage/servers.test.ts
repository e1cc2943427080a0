import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import type { ServiceInputTypes, ServiceOutputTypes } from "@aws-sdk/client-s3";
import type { InitializeMiddleware } from "@smithy/types";
import { connect, type Storage } from "../../../provider/storage/connect.ts";
import { objectExists } from "../../../provider/storage/objectExists.ts";
import type { Place } from "../../../provider/storage/place.ts";
import { uploadObject } from "../../../provider/storage/uploadObject.ts";
import { markLeft, markUsed } from "../../../provider/storage/usage.ts";
import type { UploadOptions } from "../../../provider/storage/writeObject.ts";
import { credentials, ObjectStore } from "../../support/objectStore.ts";
import { startVersityGateway } from "../../support/versityGateway.ts";

const never = new AbortController().signal;
const little = randomBytes(1_000);
const much = randomBytes(20_000_000);

/** Of a single request moto keeps no checksum, and it compares none. */
const servers = [
  { name: "moto", start: () => ObjectStore.start(), compares: false },
  { name: "Versity's gateway", start: () => startVersityGateway(), compares: true },
  {
    name: "Versity's gateway with TLS",
    start: () => startVersityGateway({ tls: true }),
    compares: true,
  },
];

for (const { name, start, compares } of servers) {
  describe(`the object store ${name}`, () => {
    let store: ObjectStore;
    let storage: Storage;
    let place: Place;

    before(async () => {
      store = await start();
      storage = await connect(configurationOf(store));
    });

    after(() => store.dispose());

    beforeEach(async () => {
      place = { bucket: `code-${randomBytes(4).toString("hex")}`, key: "working-dirs/abc.zip" };
      await store.createBucket(place.bucket);
    });

    for (const [size, bytes] of [
      ["little", little],
      ["much", much],
    ] as const) {
      it(`stores ${size}, with the checksum of all of it`, async () => {
        assert.equal(await objectExists(storage, place, never), false);
        await upload(bytes);
        assert.equal(await objectExists(storage, place, never), true);
        assert((await store.bytes(place.bucket, place.key)).equals(bytes));
        if (!compares && size === "little") return;
        const { ChecksumCRC32 = "", ChecksumType } = await store.head(place.bucket, place.key);
        assert.equal(ChecksumType, "FULL_OBJECT");
        assert.equal(Buffer.from(ChecksumCRC32, "base64").readUInt32BE(), crc32(bytes));
      });

      it(`does not overwrite an object with ${size}`, async () => {
        await upload(Buffer.from("first"));
        await upload(bytes);
        assert.equal((await store.bytes(place.bucket, place.key)).length, 5);
        assert.equal(await store.halfUploads(place.bucket), 0);
      });

      it(`leaves nothing of ${size} whose bytes fail before their end`, async () => {
        async function* failing() {
          yield bytes;
          throw new RangeError("changed");
        }
        await assert.rejects(upload(failing), { message: "changed" });
        await nothingIsLeft();
      });

      if (!compares) continue;
      it(`makes no object of ${size} that is not what was read, and takes it when it is sent again`, async () => {
        const damages = [1];
        const { middlewareStack } = storage.client;
        const damaging: InitializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => async (args) => {
          const { input } = args;
          if ("ChecksumType" in input && !("UploadId" in input)) return saysWhatItCompares(await next(args));
          if (!("Body" in input && Buffer.isBuffer(input.Body)) || damages.pop() === undefined) return next(args);
          return next({ ...args, input: { ...input, Body: changed(input.Body) } });
        };
        middlewareStack.add(damaging, { step: "initialize", name: "damaging" });
        await upload(bytes).finally(() => middlewareStack.remove("damaging"));
        assert.deepEqual(damages, []);
        assert((await store.bytes(place.bucket, place.key)).equals(bytes));
        assert.equal(await store.halfUploads(place.bucket), 0);
      });
    }

    it("leaves nothing of an upload that is cancelled between its parts, and takes it the next time", async () => {
      const cancelling = new AbortController();
      async function* slow() {
        yield much;
        while (!cancelling.signal.aborted) {
          if ((await store.halfUploads(place.bucket)) > 0) cancelling.abort(new Error("cancelled"));
        }
        yield much;
      }
      await assert.rejects(upload(slow, { mostBytes: 40_000_000, signal: cancelling.signal }), {
        message: "cancelled",
      });
      await nothingIsLeft();
      await upload(much);
      assert((await store.bytes(place.bucket, place.key)).equals(much));
    });

    it("notes who uses an object, and marks it when the last one leaves", async () => {
      await upload(little);
      await markUsed(storage, place, "a", never);
      await markUsed(storage, place, "b", never);
      await markLeft(storage, place, "a", never);
      assert.deepEqual(await store.tags(place.bucket, place.key), { "rayjob/used-by-b": "true" });
      await markLeft(storage, place, "b", never);
      assert.deepEqual(await store.tags(place.bucket, place.key), { "rayjob/unused": "true" });
      assert((await store.bytes(place.bucket, place.key)).equals(little));
      assert.equal((await store.head(place.bucket, place.key)).ContentType, "application/zip");
      await markUsed(storage, place, "a", never);
      assert.deepEqual(await store.tags(place.bucket, place.key), { "rayjob/used-by-a": "true" });
    });

    it("tells a missing object from a missing bucket", async () => {
      await assert.rejects(markUsed(storage, place, "a", never), { kind: "missingObject" });
      place = { ...place, bucket: "nobodys-bucket" };
      await assert.rejects(markUsed(storage, place, "a", never), { kind: "missingBucket" });
      await assert.rejects(upload(little), { kind: "missingBucket" });
      await assert.rejects(upload(much), { kind: "missingBucket" });
      assert.equal(await objectExists(storage, place, never), false);
    });

    function upload(bytes: Buffer | (() => AsyncIterable<Buffer>), more: Partial<UploadOptions> = {}): Promise<void> {
      const content = () => (Buffer.isBuffer(bytes) ? Readable.from([bytes]) : Readable.from(bytes()));
      const mostBytes = Buffer.isBuffer(bytes) ? bytes.length : much.length;
      return uploadObject(storage, place, content, { mostBytes, signal: never, ...more });
    }

    async function nothingIsLeft(): Promise<void> {
      assert.deepEqual(await store.keys(place.bucket), []);
      assert.equal(await store.halfUploads(place.bucket), 0);
    }
  });
}

function configurationOf({ endpoint, authority }: ObjectStore) {
  const { accessKeyId, secretAccessKey } = credentials;
  return { endpoint, accessKey: accessKeyId, secretKey: secretAccessKey, customCaBundle: authority };
}

function changed(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  copy[0] = (copy[0] ?? 0) ^ 1;
  return copy;
}

/** As AWS does when an upload in parts begins; this server compares the checksum of the whole without saying so. */
function saysWhatItCompares<Answer extends { output: object }>(answer: Answer): Answer {
  return { ...answer, output: { ...answer.output, ChecksumType: "FULL_OBJECT" } };
}
