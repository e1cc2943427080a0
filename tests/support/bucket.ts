import { randomBytes } from "node:crypto";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";

/** A bucket of the test's own in the sandbox's object store, which Ray's pods can read. */
export class TestBucket {
  readonly name: string;
  readonly #client: S3Client;

  private constructor(name: string, client: S3Client) {
    this.name = name;
    this.#client = client;
  }

  static async create(prefix: string): Promise<TestBucket> {
    const { SANDBOX_S3_ENDPOINT } = process.env;
    if (!SANDBOX_S3_ENDPOINT) throw new Error("SANDBOX_S3_ENDPOINT is not set: `make test` sets it");
    const credentials = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
    const client = new S3Client({
      endpoint: SANDBOX_S3_ENDPOINT,
      region: "us-east-1",
      forcePathStyle: true,
      credentials,
    });
    const bucket = new TestBucket(`${prefix}-${randomBytes(3).toString("hex")}`, client);
    await client.send(new CreateBucketCommand({ Bucket: bucket.name }));
    return bucket;
  }

  async put(objects: Readonly<Record<string, string | Buffer>>): Promise<void> {
    for (const [Key, content] of Object.entries(objects)) {
      await this.#client.send(new PutObjectCommand({ Bucket: this.name, Key, Body: Buffer.from(content) }));
    }
  }

  async dispose(): Promise<void> {
    const { Contents = [] } = await this.#client.send(new ListObjectsV2Command({ Bucket: this.name }));
    for (const { Key } of Contents) await this.#client.send(new DeleteObjectCommand({ Bucket: this.name, Key }));
    await this.#client.send(new DeleteBucketCommand({ Bucket: this.name }));
    this.#client.destroy();
  }
}
