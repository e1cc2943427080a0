import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { until } from "./until.ts";

/** How an S3 server is reached that a test has started, and what is left to do once it has ended. */
export interface StartedServer {
  readonly endpoint: string;
  readonly process: ChildProcess;
  /** The PEM text of the authority that vouches for it, if it speaks TLS. */
  readonly authority?: string;
  cleanUp?(): Promise<void>;
}

/** An S3 server of the test's own, on loopback, with nothing in it. */
export class ObjectStore {
  readonly endpoint: string;
  readonly authority: string | undefined;
  readonly client: S3Client;
  readonly #server: StartedServer;

  constructor(server: StartedServer) {
    const { endpoint, authority } = server;
    this.endpoint = endpoint;
    this.authority = authority;
    this.#server = server;
    const requestHandler = authority === undefined ? {} : { httpsAgent: { ca: authority } };
    this.client = new S3Client({ endpoint, region: "us-east-1", credentials, forcePathStyle: true, requestHandler });
  }

  /** Moto, which keeps everything in memory. */
  static async start(): Promise<ObjectStore> {
    const { SANDBOX_MOTO_SERVER } = process.env;
    if (!SANDBOX_MOTO_SERVER) throw new Error("SANDBOX_MOTO_SERVER is not set: `make test` names moto_server in it");
    const port = await freePort();
    const server = spawn(SANDBOX_MOTO_SERVER, ["--host", "127.0.0.1", "--port", String(port)], { stdio: "ignore" });
    const endpoint = `http://127.0.0.1:${port}`;
    await until("moto", () =>
      fetch(`${endpoint}/moto-api/`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    return new ObjectStore({ endpoint, process: server });
  }

  async dispose(): Promise<void> {
    this.client.destroy();
    this.#server.process.kill();
    await once(this.#server.process, "exit");
    await this.#server.cleanUp?.();
  }

  async createBucket(name: string): Promise<void> {
    await this.client.send(new CreateBucketCommand({ Bucket: name }));
  }

  async keys(bucket: string): Promise<string[]> {
    const { Contents = [] } = await this.client.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.map(({ Key = "" }) => Key);
  }

  async tags(bucket: string, key: string): Promise<Record<string, string>> {
    const asked = this.client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key }));
    const { TagSet = [] } = await asked.catch((error: Error) => {
      if (error.name === "NoSuchTagSet") return { TagSet: [] };
      throw error;
    });
    return Object.fromEntries(TagSet.map(({ Key = "", Value = "" }) => [Key, Value]));
  }

  async bytes(bucket: string, key: string): Promise<Buffer> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  /** What the server knows of an object, its checksum included. */
  head(bucket: string, key: string): Promise<HeadObjectCommandOutput> {
    return this.client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: "ENABLED" }));
  }

  async delete(bucket: string, key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }

  /** How many uploads in parts were begun and neither completed nor removed. */
  async halfUploads(bucket: string): Promise<number> {
    const { Uploads = [] } = await this.client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    return Uploads.length;
  }
}

/** What moto takes, which takes anything, and what the others are started with. */
export const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("A server without a port");
  return address.port;
}
