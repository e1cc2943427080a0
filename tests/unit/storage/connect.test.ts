import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { connect } from "../../../provider/storage/connect.ts";
import { objectExists } from "../../../provider/storage/objectExists.ts";
import { StandIn } from "../../support/s3StandIn.ts";
import { aTree, removeTrees } from "../packaging/aTree.ts";

const place = { bucket: "code", key: "abc.zip" };
const never = new AbortController().signal;

describe("connect", () => {
  let server: StandIn;
  let environment: NodeJS.ProcessEnv;

  // Nothing of the machine's own settings counts.
  beforeEach(async () => {
    environment = { ...process.env };
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
    const nothing = await aTree({});
    process.env.AWS_CONFIG_FILE = nothing.at("config");
    process.env.AWS_SHARED_CREDENTIALS_FILE = nothing.at("credentials");
    process.env.AWS_EC2_METADATA_DISABLED = "true";
    server = await StandIn.start(() => ({ status: 200 }));
  });

  afterEach(async () => {
    process.env = environment;
    await server.dispose();
    await removeTrees();
  });

  it("signs with the keys that it is given, for us-east-1 where nobody names a region", async () => {
    await objectExists(await server.connect({ token: "session" }), place, never);
    assert.match(signature(), /Credential=AKIDEXAMPLE\/\d+\/us-east-1\/s3\//);
    assert.equal(server.seen[0]?.headers["x-amz-security-token"], "session");
  });

  it("takes the region of the configuration, else of the environment, under both its names", async () => {
    process.env.AWS_DEFAULT_REGION = "eu-north-1";
    await objectExists(await server.connect({ token: "a" }), place, never);
    assert.match(signature(), /eu-north-1/);
    process.env.AWS_REGION = "eu-central-1";
    await objectExists(await server.connect({ token: "b" }), place, never);
    assert.match(signature(), /eu-central-1/);
    await objectExists(await server.connect({ region: "eu-west-1" }), place, never);
    assert.match(signature(), /eu-west-1/);
  });

  it("takes keys from the profile that it is given, and the region where the environment names none", async () => {
    process.env.AWS_ACCESS_KEY_ID = "AKIDENV";
    process.env.AWS_SECRET_ACCESS_KEY = "hush";
    await writeConfig(
      "[profile team]\nregion = ap-south-1\naws_access_key_id = AKIDTEAM\naws_secret_access_key = hush\n",
    );
    await objectExists(await connect({ endpoint: server.endpoint, profile: "team" }), place, never);
    assert.match(signature(), /AKIDTEAM\/\d+\/ap-south-1/);
  });

  it("takes server and keys from the environment, and puts the bucket into the path for a server other than AWS's", async () => {
    process.env.AWS_ENDPOINT_URL = server.endpoint;
    process.env.AWS_ACCESS_KEY_ID = "AKIDENV";
    process.env.AWS_SECRET_ACCESS_KEY = "hush";
    const storage = await connect({});
    await objectExists(storage, place, never);
    assert.match(signature(), /AKIDENV/);
    assert.equal(server.seen[0]?.path, "/code/abc.zip");
    assert.equal(storage.client.config.forcePathStyle, true);
  });

  it("puts the bucket into the host for AWS, and as it is told for others", async () => {
    const styleOf = async (configuration: object) => (await connect(configuration)).client.config.forcePathStyle;
    assert.equal(await styleOf({ region: "eu-west-1" }), false);
    assert.equal(await styleOf({ endpoint: "https://minio.example.com" }), true);
    assert.equal(await styleOf({ endpoint: "https://minio.example.com", usePathStyle: false }), false);
    assert.equal(await styleOf({ region: "eu-west-1", usePathStyle: true }), true);
  });

  it("is one for one configuration", async () => {
    assert.equal(await connect({ region: "eu-west-3" }), await connect({ region: "eu-west-3" }));
    assert.notEqual(await connect({ region: "eu-west-3" }), await connect({ region: "eu-west-2" }));
  });

  it("says where to put credentials when there are none", async () => {
    await assert.rejects(objectExists(await connect({ endpoint: server.endpoint }), place, never), {
      message:
        "Cannot look for s3://code/abc.zip: no AWS credentials were found. Set the provider's `profile`, or its `accessKey` " +
        "and `secretKey`, or the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    });
    assert.deepEqual(server.seen, []);
  });

  it("says so when there is no such profile", async () => {
    await assert.rejects(objectExists(await connect({ endpoint: server.endpoint, profile: "taem" }), place, never), {
      message:
        'Cannot look for s3://code/abc.zip: the profile "taem" gives no AWS credentials. Correct it, or give the provider keys',
    });
  });

  it("never repeats what a credential process is called with, nor what it prints", async () => {
    await writeConfig(
      "[profile team]\nregion = eu-west-1\ncredential_process = sh -c 'echo hush >&2; exit 1' --key hush\n",
    );
    const looking = objectExists(await connect({ endpoint: server.endpoint, profile: "team" }), place, never);
    await assert.rejects(
      looking,
      (error: Error) => /"team" gives no/.test(error.message) && !/hush/.test(error.message),
    );
  });

  it("says where to put the region when AWS is meant and none is known", async () => {
    const storage = await connect({ accessKey: "AKIDEXAMPLE", secretKey: "hush" });
    await assert.rejects(objectExists(storage, place, never), {
      message:
        "Cannot look for s3://code/abc.zip: no AWS region is configured. Set the provider's `region`, or the environment " +
        "variable AWS_REGION",
    });
  });

  it("says so when no region is called so", async () => {
    const storage = await connect({ region: "EU Central", accessKey: "AKIDEXAMPLE", secretKey: "hush" });
    await assert.rejects(objectExists(storage, place, never), {
      message:
        'Cannot look for s3://code/abc.zip: no AWS region is called "EU Central". Correct the provider\'s `region`',
    });
  });

  it("says what it has tried to reach", async () => {
    const storage = await connect({ endpoint: "http://127.0.0.1:1", accessKey: "AKIDEXAMPLE", secretKey: "hush" });
    await assert.rejects(objectExists(storage, place, never), {
      message:
        "Cannot look for s3://code/abc.zip: cannot reach http://127.0.0.1:1 (connection refused, ECONNREFUSED). Check the " +
        "provider's `endpoint`",
    });
  }).timeout(30_000);

  function signature(): string {
    return server.seen.at(-1)?.headers.authorization ?? "";
  }

  async function writeConfig(text: string): Promise<void> {
    const tree = await aTree({ config: text });
    process.env.AWS_CONFIG_FILE = tree.at("config");
    await writeFile(tree.at("credentials"), "");
    process.env.AWS_SHARED_CREDENTIALS_FILE = tree.at("credentials");
  }
});
