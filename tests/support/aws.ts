import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";

/** The sandbox's `aws` plug-in, and the S3 and IAM that the environment names. */
export class TestAws {
  readonly s3: S3Client;
  readonly iam: IAMClient;
  readonly endpoint: string;
  readonly #folder: string;

  private constructor(folder: string, endpoint: string) {
    const client = { endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
    this.#folder = folder;
    this.endpoint = endpoint;
    this.s3 = new S3Client(client);
    this.iam = new IAMClient(client);
  }

  static async start(): Promise<TestAws> {
    const { SANDBOX_S3_ENDPOINT } = process.env;
    if (!SANDBOX_S3_ENDPOINT) throw new Error("SANDBOX_S3_ENDPOINT is not set: `make test` sets it");
    const folder = await mkdtemp(join(tmpdir(), "rayjob-aws-"));
    await writeFile(join(folder, "pulumi-resource-aws"), `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`);
    await chmod(join(folder, "pulumi-resource-aws"), 0o755);
    return new TestAws(folder, SANDBOX_S3_ENDPOINT);
  }

  /** What the engine and its plug-ins need in their environment; nothing of it comes from this machine's own settings. */
  environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      PATH: `${this.#folder}:${process.env.PATH}`,
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_CONFIG_FILE: "/nowhere",
      AWS_SHARED_CREDENTIALS_FILE: "/nowhere",
      AWS_EC2_METADATA_DISABLED: "true",
      ...more,
    };
  }

  async dispose(): Promise<void> {
    this.s3.destroy();
    this.iam.destroy();
    await rm(this.#folder, { recursive: true });
  }
}

const entry = resolve(import.meta.dirname, "../sandbox/providers/aws/index.ts");
